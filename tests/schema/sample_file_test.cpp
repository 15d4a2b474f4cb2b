// Files of samples, as people, merges and years may leave them.
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/sample_file.hpp>

#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace sample_file_test {

using namespace eventstore;

namespace {

const Schema opened = *Schema::parse("AccountOpened{owner:text,limit:int64}");
const std::string head =
    "schema 47671704-ae35-5d82-8183-74b33315eecd\ndescriptor AccountOpened{owner:text,limit:int64}\n";
const std::string sample = "bytes 03000000416263f401000000000000\njson {\"owner\":\"Abc\",\"limit\":500}\n";

}  // namespace

TEST_CASE("what a sample file says is read back", "[schema][sample]") {
  const auto payload = encode(samples::example());
  const auto text = write_sample_file("all", schema_of<samples::Everything>(), {payload, payload});
  REQUIRE(text);
  CHECK_THAT(*text, Catch::StartsWith("// Payloads of `all` events"));
  const auto file = parse_sample_file(*text);
  if (!file) FAIL(file.error().message());
  CHECK(file->schema.id == schema_of<samples::Everything>().id);
  REQUIRE(file->samples.size() == 2);
  CHECK(file->samples[1].payload == payload);
  CHECK(check_by_descriptor(*file));
}

TEST_CASE("a sample file has the form that is written down", "[schema][sample]") {
  const auto file = parse_sample_file("// words\n\n" + head + sample + "// more\n" + sample);
  REQUIRE(file);
  CHECK(file->samples.size() == 2);
  CHECK(check_by_descriptor(*file));
  const auto text = write_sample_file("account", file->schema, {file->samples[0].payload});
  CHECK(text->ends_with(head + sample));
}

TEST_CASE("a file's name has the event's and the whole digest, and nothing that names of files may not have",
          "[schema][sample]") {
  CHECK(sample_file_name(opened) == "AccountOpened.47671704-ae35-5d82-8183-74b33315eecd.sample");
  CHECK_THAT(sample_file_name(*Schema::parse("../a b\\c:d{}")), Catch::StartsWith("___a_b_c_d."));
  CHECK(sample_file_name(*Schema::parse(std::string(180, 'n') + "{}")).size() < 150);
  CHECK_FALSE(write_sample_file("account", *Schema::parse("a\nb{}"), {}));
  CHECK_FALSE(write_sample_file("account", opened, {Bytes{std::byte{1}}}));
}

TEST_CASE("a sample file that was edited by hand is refused with the line", "[schema][sample]") {
  const auto [text, where, reason] = GENERATE_COPY(table<std::string, std::string, std::string>({
      {"", "line 1", "expected `schema`"},
      {"// words\nscheme x\n", "line 2", "expected `schema`"},
      {"schema 47671704-ae35-5d82-8183-74b33315eecd\n" + sample, "line 2", "expected `descriptor`"},
      {"schema x\ndescriptor AccountOpened{owner:text,limit:int64}\n", "line 2",
       "the digest of this schema is 47671704-"},
      {"schema x\ndescriptor AccountOpened{owner\n", "line 2", "expected a field's name"},
      {head, "line 3", "expected `bytes`"},
      {head + "bytes 0\njson {}\n", "line 3", "not pairs of hexadecimal"},
      {head + "bytes 0g\njson {}\n", "line 3", "not pairs of hexadecimal"},
      {head + "bytes 00\n\n", "line 5", "expected `json`"},
      {head + sample + "words\n", "line 5", "expected `bytes`"},
  }));
  CAPTURE(text);
  const auto file = parse_sample_file(text);
  REQUIRE_FALSE(file);
  CHECK(file.error().code == Errc::corrupt_record);
  CHECK(file.error().where == where);
  CHECK_THAT(file.error().detail, Catch::StartsWith(reason));
}

TEST_CASE("a payload that says something else than it did is named, with what it says now", "[schema][sample]") {
  auto file = *parse_sample_file(head + sample + sample);
  file.samples[1].json = "{\"owner\":\"Abc\",\"limit\":501}";
  const auto checked = check_by_descriptor(file);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().where == "payload 2");
  CHECK_THAT(checked.error().detail, Catch::Contains("says {\"owner\":\"Abc\",\"limit\":500}, and said"));
  file.samples[1].payload.pop_back();
  CHECK_THAT(check_by_descriptor(file).error().detail, Catch::Contains("the bytes are not a value of record"));
}

TEST_CASE("a time that was kept with fewer digits than are written now says the same", "[schema][sample]") {
  const auto schema = *Schema::parse("Opened{at:timestamp}");
  SampleFile file{schema, {{{}, R"({"at":"2026-01-27T10:30:00Z"})"}}};
  REQUIRE(json_to_bytes(schema.type, file.samples[0].json));
  file.samples[0].payload = *json_to_bytes(schema.type, file.samples[0].json);
  CHECK(check_by_descriptor(file));
  file.samples[0].json = R"({"at":"2026-01-27T10:30:01Z"})";
  CHECK_FALSE(check_by_descriptor(file));
}

}  // namespace sample_file_test
