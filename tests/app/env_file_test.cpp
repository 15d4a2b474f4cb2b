// Files of settings, as the usual tools write them.
#include <eventstore/app/env_file.hpp>

#include <catch2/catch.hpp>

namespace env_file_test {

namespace es = eventstore;
namespace app = es::app;

namespace {

using Variables = std::vector<app::EnvVariable>;

Variables variables(std::string_view text) {
  auto read = app::read_env_text(text, ".env");
  if (!read) FAIL(read.error().message() << " in " << text);
  return std::move(*read);
}

// The value of the one variable A.
std::string value_of(std::string_view line) {
  const auto all = variables(line);
  REQUIRE(all.size() == 1);
  CHECK(all.front().name == "A");
  return all.front().value;
}

es::Error error_of(std::string_view text) {
  const auto read = app::read_env_text(text, "shop/.env");
  if (read) FAIL("expected an error");
  return read.error();
}

}  // namespace

TEST_CASE("a file of settings has one variable a line with comments and blank lines between", "[settings]") {
  CHECK(variables("# of the shop\n\nA=1\n  # more\nexport B=two\r\n\t\nexport C = 3\n") ==
        Variables{{"A", "1"}, {"B", "two"}, {"C", "3"}});
  CHECK(variables("").empty());
  CHECK(variables("\xEF\xBB\xBF"
                  "A=1") == Variables{{"A", "1"}});
  CHECK(variables("A=1\nA=2") == Variables{{"A", "1"}, {"A", "2"}});
  CHECK(variables("export=1\nexported=2\na.b-c=3") == Variables{{"export", "1"}, {"exported", "2"}, {"a.b-c", "3"}});
}

TEST_CASE("a value without quotes ends before a comment and has no blanks around it", "[settings]") {
  CHECK(value_of("A=") == "");
  CHECK(value_of("A= \t") == "");
  CHECK(value_of("A=some words  ") == "some words");
  CHECK(value_of("A=word # comment") == "word");
  CHECK(value_of("A=word\t#comment") == "word");
  CHECK(value_of("A=wo#rd") == "wo#rd");
  CHECK(value_of("A=#rd") == "#rd");
  CHECK(value_of("A= # comment") == "");
  CHECK(value_of("A=mongodb://u:p@host/db?w=majority") == "mongodb://u:p@host/db?w=majority");
  CHECK(value_of("A=$HOME/${B}") == "$HOME/${B}");
  CHECK(value_of("A=C:\\new") == "C:\\new");
  CHECK(value_of("A=it's \"so\"") == "it's \"so\"");
}

TEST_CASE("single quotes keep what is in them", "[settings]") {
  CHECK(value_of("A='some # words'") == "some # words");
  CHECK(value_of("A='a\\n\"$B\"'  # comment") == "a\\n\"$B\"");
  CHECK(value_of("A='it\\'s \\\\'") == "it's \\");
  CHECK(value_of("A=''") == "");
}

TEST_CASE("double quotes have escapes", "[settings]") {
  CHECK(value_of(R"(A="a\tb\n\"c\" \$D \\ \'")") == "a\tb\n\"c\" $D \\ '");
  CHECK(value_of(R"(A="\d \u00e9")") == R"(\d \u00e9)");
  CHECK(value_of("A=\" a # b \"\t") == " a # b ");
}

TEST_CASE("a value in quotes may go over several lines", "[settings]") {
  CHECK(variables("A=\"one\r\ntwo\"\nB='three\nfour' # end\nC=5") ==
        Variables{{"A", "one\ntwo"}, {"B", "three\nfour"}, {"C", "5"}});
}

TEST_CASE("a line that is none is refused by its number and without its text", "[settings]") {
  for (const auto* const bad : {"secret", "export secret", "=secret", "2A=secret", "A B=secret", "- A=secret",
                                "A: secret", "A=\"secret", "A='secret", "A=\"s\"ecret", "A='s'#ecret"}) {
    CAPTURE(bad);
    const auto error = error_of(std::string{"# one\nX='a\nb'\n"} + bad + "\n");
    CHECK(error.code == es::Errc::invalid_argument);
    CHECK(error.where == "shop/.env, line 4");
    CHECK_THAT(error.message(), !Catch::Contains("secret") && !Catch::Contains("ecret"));
  }
  CHECK(error_of(std::string_view{"A=a\0b", 5}).where == "shop/.env, line 1");
}

}  // namespace env_file_test
