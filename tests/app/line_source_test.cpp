// Lines of files as programs write them.
#include <zstd.h>

#include "app/line_branch.hpp"

namespace line_source_test {

using namespace bank;

namespace {

using Lines = std::vector<std::string>;

struct Read {
  Lines lines;
  std::vector<std::uint64_t> numbers;
  std::string error;  // empty where the end was reached
};

Read read_all(const std::string& text) {
  const Branch branch;
  auto source = branch.source(text);
  Read read;
  while (true) {
    const auto line = source.next();
    if (!line) read.error = line.error().detail;
    if (!line || !*line) return read;
    if (app::is_blank(**line)) continue;
    read.lines.emplace_back(**line);
    read.numbers.push_back(source.line_number());
  }
}

std::string zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

}  // namespace

TEST_CASE("a byte order mark, either kind of line end, commas and blank lines are no part of a line", "[line_source]") {
  const Lines wanted{R"({"a":1})", R"({"b":"x,"})"};
  for (const auto* const text :
       {"{\"a\":1}\n{\"b\":\"x,\"}", "\xEF\xBB\xBF{\"a\":1}\r\n{\"b\":\"x,\"}\r\n", "{\"a\":1},\n{\"b\":\"x,\"} , \n",
        "\n\n{\"a\":1} \t\n\n{\"b\":\"x,\"}\n\n \n\t\r\n"}) {
    CAPTURE(text);
    const auto read = read_all(text);
    CHECK(read.lines == wanted);
    CHECK(read.error.empty());
  }
  CHECK(read_all("").lines.empty());
  CHECK(read_all("\xEF\xBB\xBF").lines.empty());
}

TEST_CASE("the elements of an array are lines, on whatever lines they stand", "[line_source]") {
  const Lines one_line{R"({"a":[1,{"x":"]}\"{"}]})", R"({"b":2})"};
  for (const auto* const text :
       {R"([{"a":[1,{"x":"]}\"{"}]},{"b":2}])", "\xEF\xBB\xBF \n[\n{\"a\":[1,{\"x\":\"]}\\\"{\"}]},\n{\"b\":2}\n]\n"}) {
    CAPTURE(text);
    const auto read = read_all(text);
    CHECK(read.lines == one_line);
    CHECK(read.error.empty());
  }
  const auto spread = read_all("[\r\n  {\r\n    \"a\": 1\r\n  },\r\n  {\n    \"b\": 2\n  },\n  7, \"x\"]");
  CHECK(spread.lines == Lines{"{      \"a\": 1    }", "{     \"b\": 2   }", "7", "\"x\""});
  CHECK(spread.numbers == std::vector<std::uint64_t>{2, 5, 8, 8});
  CHECK(read_all("[]").lines.empty());
  CHECK(read_all("[\n]\n\n").error.empty());
}

TEST_CASE("an element that is longer than a block is one line", "[line_source]") {
  const auto element = R"({"text":")" + std::string(700'000, 'x') + R"("})";
  const auto read = read_all("[" + element + "," + element + "]");
  REQUIRE(read.lines.size() == 2);
  CHECK((read.lines[0] == element && read.lines[1] == element));
}

TEST_CASE("an array that is cut off gives what it has, then the reason", "[line_source]") {
  const auto read = read_all(R"([{"a":1},{"b":)");
  CHECK(read.lines == Lines{R"({"a":1})", R"({"b":)"});
  CHECK(read.error == "the JSON array is cut off; the elements before the cut were read");
  CHECK(read_all(R"([{"a":1})").error == read.error);
}

TEST_CASE("a line end within a text of an array stays, and what stands behind an array is a line", "[line_source]") {
  CHECK(read_all("[\"a\nb\"]").lines == Lines{"\"a\nb\""});
  CHECK(read_all("[1] {\"more\":1}\n{}").lines == Lines{"1", " {\"more\":1}", "{}"});
}

TEST_CASE("zstd is unpacked, several frames too, and damage to it is told behind what comes before", "[line_source]") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "{\"n\":" + std::to_string(i * 7919 % 100'003) + "}\n";
  const auto packed = zstd(text);
  CHECK(read_all(packed).lines.size() == 20'000);
  CHECK(read_all(packed + zstd(text)).lines.size() == 40'000);
  const auto cut = read_all(packed.substr(0, packed.size() - 1));
  CHECK(cut.error == "the zstd stream is cut off; the lines before the cut were read");
  auto damaged = packed + packed;
  damaged[packed.size() + 1] = 'x';
  const auto read = read_all(damaged);
  CHECK(read.lines.size() == 20'000);
  CHECK_THAT(read.error, Catch::StartsWith("the zstd stream is damaged: "));
}

}  // namespace line_source_test
