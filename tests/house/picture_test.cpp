#include <catch2/catch.hpp>

#include "picture.hpp"

namespace picture_test {

namespace {

const char* const table = R"(
floor core | the words | include/core
floor log | streams of events, and a description that is so long that it does not fit in one line of the picture, which ends at 120
  room contract | no engine | include/log
  room memory | an engine | src/log/memory
)";

const char* const picture = R"(```
log    streams of events, and a description that is so long that it does not fit in one line of the picture, which ends
       at 120
core   the words
```

Inside `log`, from the highest room down:

```
memory     an engine
contract   no engine
```
)";

}  // namespace

SCENARIO("the picture has the floors and the rooms of each, the highest first", "[house]") {
  CHECK(house::picture_of(house::read_house(table)) == picture);
}

SCENARIO("the picture takes its place between the marks, and leaves the rest as it is", "[house]") {
  const auto made = house::read_house(table);
  const std::string before = "# Title\n<!-- house -->\nold\n<!-- end of house -->\nmore\n";
  const auto drawn = house::with_picture(before, made);
  REQUIRE(drawn);
  CHECK(*drawn == "# Title\n<!-- house -->\n" + std::string{picture} + "<!-- end of house -->\nmore\n");
  CHECK(house::with_picture(*drawn, made) == drawn);
  CHECK_FALSE(house::with_picture("no marks\n", made));
}

}  // namespace picture_test
