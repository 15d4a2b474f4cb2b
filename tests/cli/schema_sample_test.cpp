// The golden corpus: kept by the program, and read by it for ever.
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/sample_file.hpp>

#include "shell.hpp"

namespace schema_sample_test {

using namespace eventstore::cli_test;

namespace {

namespace es = eventstore;

std::string line_with(const std::string& text, const std::string& part) {
  for (const auto& line : lines_of(text))
    if (line.find(part) != std::string::npos) return line;
  return "";
}

// A folder for samples and a store with a person in it.
struct Corpus {
  Shell shell;
  std::string folder = shell.file("corpus");

  Corpus() {
    std::filesystem::create_directories(folder);
    Line scheduled{.type = "DeliveryScheduled", .version = 1};
    scheduled.data =
        R"({"customer_id":"zelda-7719","address":"Quarkweg 93, Köln","scheduled_time":"2026-01-27T10:30:00Z",)"
        R"("longitude":6.953101,"latitude":50.935173,)"
        R"("package_details":{"special_instructions":"ring at Wanda's, +49 171 9375 628"}})";
    Line assigned{.data = R"({"agent_id":"zelda-7719"})", .version = 2};
    Line noted{.data = R"({"agent_id":"wanda","notes":"Call Zelda \"Zed\" Quox"})", .version = 3};
    (void)shell.result({"import", "-"}, to_line(scheduled) + to_line(assigned) + to_line(noted));
  }
  [[nodiscard]] Outcome sample() const { return shell.run({"schema", "sample", "--samples", folder}); }
  [[nodiscard]] Outcome check(const Words& more = {}) const {
    Words words{"schema", "sample", "--check", "--samples", folder};
    words.insert(words.end(), more.begin(), more.end());
    return shell.run(words);
  }
  // The text of the one sample of `event`.
  [[nodiscard]] std::string text_of(const std::string& event) const { return shell.read(name_of(event)); }
  [[nodiscard]] std::string name_of(const std::string& event) const {
    for (const auto& entry : std::filesystem::directory_iterator{folder + "/delivery/samples"})
      if (const auto name = entry.path().filename().string(); name.starts_with(event + "."))
        return "corpus/delivery/samples/" + name;
    FAIL("no sample of " + event);
    return "";
  }
  void write_sample(const std::string& category, const std::string& descriptor, const es::Bytes& payload) const {
    const auto schema = *es::Schema::parse(descriptor);
    std::filesystem::create_directories(folder + "/" + category + "/samples");
    (void)shell.write("corpus/" + category + "/samples/" + es::sample_file_name(schema),
                      *es::write_sample_file(category, schema, {payload}));
  }
};

}  // namespace

TEST_CASE("schema sample keeps payloads of each schema, and tells what it added", "[schema][sample]") {
  const Corpus corpus;
  const auto first = corpus.sample();
  REQUIRE(first.exit_code == 0);
  CHECK(count_lines(first.out) == 17);
  const auto told = line_with(first.out, "\"delivery\"");
  CHECK(value(told, "kept") == "0");
  CHECK_THAT(told, Catch::Contains(
                       "\"DeliveryAssigned.f5397079-7dd3-5038-b51f-f5dec718cbce.sample: 2 payloads of 2 events\""));
  CHECK_THAT(told, Catch::Contains(".sample: 1 payload of 1 event\""));
  CHECK_THAT(told, Catch::Contains("\"DeliveryTracked: the store has no event of its schema of today\""));
  CHECK_THAT(told, !Catch::Contains("DeliveryAssigned: the store has no"));
  CHECK_THAT(line_with(first.out, "\"campaign\""), Catch::Contains("\"added\":[]"));
}

TEST_CASE("samples say nothing of whom they were about", "[schema][sample]") {
  const Corpus corpus;
  REQUIRE(corpus.sample().exit_code == 0);
  const auto text = corpus.text_of("DeliveryScheduled") + corpus.text_of("DeliveryAssigned");
  for (const auto* const word : {"elda", "7719", "anda", "uark", "Köln", "9375", "628", "6.95", "50.9", "2026", "Zed"})
    CHECK_THAT(text, !Catch::Contains(word));
  CHECK_THAT(text, Catch::Contains(R"("notes":"Abcd Fghij \"Mno\" Rstu")"));
  CHECK_THAT(text, Catch::Contains(R"("scheduled_time":"2001-02-03T04:05:00.000000Z")"));
}

TEST_CASE("samples are for ever: a second run changes no file and adds only what is new", "[schema][sample]") {
  const Corpus corpus;
  REQUIRE(corpus.sample().exit_code == 0);
  const auto name = corpus.name_of("DeliveryAssigned");
  (void)corpus.shell.write(name, "edited by hand\n");
  (void)corpus.shell.result({"import", "-"}, to_line({.type = "DeliveryDeparted", .data = "{}", .version = 4}));
  const auto second = corpus.sample();
  REQUIRE(second.exit_code == 0);
  const auto told = line_with(second.out, "\"delivery\"");
  CHECK(value(told, "kept") == "2");
  CHECK_THAT(told, Catch::Contains("\"added\":[\"DeliveryDeparted."));
  CHECK_THAT(told, !Catch::Contains("payloads"));
  CHECK(corpus.shell.read(name) == "edited by hand\n");
  CHECK_THAT(line_with(corpus.sample().out, "\"delivery\""), Catch::Contains(R"("kept":3,"added":[])"));
}

TEST_CASE("the same events give the same samples", "[schema][sample]") {
  const Corpus one;
  const Corpus other;
  REQUIRE(one.sample().exit_code == 0);
  REQUIRE(other.sample().exit_code == 0);
  for (const auto* const event : {"DeliveryScheduled", "DeliveryAssigned"})
    CHECK(one.text_of(event) == other.text_of(event));
}

TEST_CASE("schema sample --check reads all that was kept, without a store", "[schema][sample]") {
  const Corpus corpus;
  REQUIRE(corpus.sample().exit_code == 0);
  std::filesystem::remove_all(corpus.shell.store());
  corpus.write_sample("delivery", "DeliveryAssigned{agent_id:text}", es::Bytes(4));
  (void)corpus.shell.write("corpus/notes.txt", "words\n");
  (void)corpus.shell.write("corpus/delivery/samples/notes.txt", "words\n");
  const auto checked = corpus.check();
  REQUIRE(checked.exit_code == 0);
  CHECK(count_lines(checked.out) == 3);
  CHECK_THAT(line_with(checked.out, "DeliveryScheduled"), Catch::Contains(R"("payloads":1,"verdict":"same")"));
  CHECK_THAT(line_with(checked.out, "\"resolved\""), Catch::Contains("DeliveryAssigned."));
}

TEST_CASE("a sample that is not read any more fails with its file and what to write", "[schema][sample]") {
  const Corpus corpus;
  corpus.write_sample("delivery", "DeliveryAssigned{agent_id:int64}", es::Bytes(8));
  const auto changed = corpus.check();
  require_complaint(changed, 1,
                    {"unreadable_schema", "delivery/samples/DeliveryAssigned.", "give `agent_id` its type back"});
  CHECK_THAT(changed.out, Catch::Contains("\"breaking\""));

  corpus.write_sample("delivery", "DeliveryBurnt{}", {});
  require_complaint(corpus.check(), 1, {"give `agent_id` its type back", "1 more cannot be read"});
  corpus.write_sample("parcel", "ParcelSent{}", {});
  CHECK_THAT(line_with(corpus.check().out, "ParcelSent"), Catch::Contains("--retired parcel"));
}

TEST_CASE("what is retired is read by its descriptor alone", "[schema][sample]") {
  const Corpus corpus;
  corpus.write_sample("delivery", "DeliveryBurnt{}", {});
  corpus.write_sample("parcel", "ParcelSent{to:text}", es::Bytes(4));
  const auto checked = corpus.check({"--retired", "parcel", "--retired", "delivery.DeliveryBurnt"});
  CHECK(checked.exit_code == 0);
  CHECK(values(checked.out, "verdict") == std::vector<std::string>{"retired", "retired"});

  const auto name = "corpus/parcel/samples/" + es::sample_file_name(*es::Schema::parse("ParcelSent{to:text}"));
  auto text = corpus.shell.read(name);
  text.replace(text.find("\"to\":\"\""), 7, "\"to\":\"x\"");
  (void)corpus.shell.write(name, text);
  require_complaint(corpus.check({"--retired", "parcel", "--retired", "delivery"}), 1,
                    {"corrupt_record", name, "payload 1", R"(it says {"to":""}, and said {"to":"x"})"});
}

TEST_CASE("files and folders of samples that are not as they should be are named", "[schema][sample]") {
  const Corpus corpus;
  require_complaint(corpus.check(), 4, {"not_found", "corpus", "none of its folders has a sample"});
  require_complaint(corpus.shell.run({"schema", "sample", "--samples", corpus.folder + "/nowhere"}), 4,
                    {"not_found", "nowhere", "--samples"});
  require_complaint(corpus.shell.run({"schema", "sample", "--check", "--samples", corpus.folder + "/nowhere"}), 4,
                    {"not_found", "nowhere"});
  corpus.write_sample("delivery", "DeliveryCancelled{reason:text?}", es::Bytes(1));
  const auto name = corpus.name_of("DeliveryCancelled");
  const auto text = corpus.shell.read(name);
  (void)corpus.shell.write("corpus/delivery/samples/Other.sample", text);
  require_complaint(corpus.check(), 1, {"Other.sample", "the file's name should be DeliveryCancelled.2d7c969b"});
  std::filesystem::remove(corpus.shell.file("corpus/delivery/samples/Other.sample"));
  (void)corpus.shell.write(name, "nonsense\n");
  require_complaint(corpus.check(), 1, {"corrupt_record", name + ": line 1", "expected `schema`"});
}

TEST_CASE("schema sample needs a store, and a program that knows none of the domain keeps its events too",
          "[schema][sample]") {
  const Corpus corpus;
  const auto foreign = run(EVENTSTORE_ACCOUNT_EXAMPLE,
                           {"--store", corpus.shell.store(), "schema", "sample", "--samples", corpus.folder});
  REQUIRE(foreign.exit_code == 0);
  const auto text = corpus.text_of("DeliveryScheduled");
  std::filesystem::remove_all(corpus.folder + "/delivery");
  REQUIRE(corpus.sample().exit_code == 0);
  CHECK(corpus.text_of("DeliveryScheduled") == text);
  std::filesystem::remove_all(corpus.shell.store());
  require_complaint(corpus.sample(), 4, {"not_found"});
}

}  // namespace schema_sample_test
