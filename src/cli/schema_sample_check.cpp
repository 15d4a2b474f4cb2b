// schema sample --check: what was kept once is read for ever.
#include "schema_sample.hpp"

#include "text_file.hpp"

#include <eventstore/aggregate/check_samples.hpp>
#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::cli {
namespace {

struct Checked {
  std::string verdict;
  std::optional<Error> wrong{};
};

class SampleCheck {
 public:
  SampleCheck(const Setup& setup, const SampleOptions& options, Output& output)
      : setup_{setup}, options_{options}, output_{output} {}

  Result<void> category(const std::string& name) {
    const auto folder = samples_folder(options_.samples, name);
    EVENTSTORE_TRY_ASSIGN(const auto files, list_samples(folder));
    for (const auto& file : files) {
      const auto path = folder + "/" + file;
      EVENTSTORE_TRY_ASSIGN(const auto text, read_text_file(path));
      auto parsed = parse_sample_file(text);
      auto checked = parsed ? check(name, file, *parsed) : Checked{"damaged", std::move(parsed.error())};
      EVENTSTORE_TRY(tell(name, path, parsed ? &*parsed : nullptr, checked));
    }
    return {};
  }

  [[nodiscard]] Result<void> done() {
    if (files_ == 0)
      return failure(Errc::not_found, "schema sample", options_.samples,
                     "no samples in any of its folders; `schema sample` without --check keeps some");
    if (!first_wrong_) return {};
    if (wrong_ > 1) first_wrong_->detail += fmt::format("; {} more are not read: see the lines above", wrong_ - 1);
    return failure(std::move(*first_wrong_));
  }

 private:
  [[nodiscard]] bool is_retired(const std::string& category, const std::string& event) const {
    const auto& retired = options_.retired;
    return std::find(retired.begin(), retired.end(), category) != retired.end() ||
           std::find(retired.begin(), retired.end(), fmt::format("{}.{}", category, event)) != retired.end();
  }

  [[nodiscard]] Checked check(const std::string& category, const std::string& file_name, const SampleFile& file) const {
    if (const auto expected = sample_file_name(file.schema); file_name != expected)
      return {"damaged", Error{Errc::corrupt_record, "read samples", "", "the file's name should be " + expected}};
    if (auto shown = check_by_descriptor(file); !shown) return {"damaged", std::move(shown.error())};
    const bool retired = is_retired(category, file.schema.name);
    const auto aggregate = find_aggregate(setup_.program, category);
    if (!aggregate && retired) return {"retired"};
    if (!aggregate)
      return {"breaking", Error{Errc::unreadable_schema, "read samples", "",
                                fmt::format("this program has no category `{}`: register its aggregate again, or say "
                                            "with --retired {} that nothing reads its events any more",
                                            category, category)}};
    auto way = check_samples(**aggregate, file);
    if (way) return {word_for(*way)};
    if (way.error().code != Errc::unreadable_schema) return {"damaged", std::move(way.error())};
    if (retired) return {"retired"};
    return {"breaking", std::move(way.error())};
  }
  static std::string word_for(Verdict::Way way) {
    return way == Verdict::Way::same ? "same" : way == Verdict::Way::resolved ? "resolved" : "upcast";
  }

  Result<void> tell(const std::string& category, const std::string& path, const SampleFile* file, Checked& checked) {
    ++files_;
    std::string out{"{\"category\":"};
    append_json_string(out, category);
    out += ",\"file\":";
    append_json_string(out, path);
    if (file != nullptr) out += fmt::format(",\"payloads\":{}", file->samples.size());
    out += fmt::format(",\"verdict\":\"{}\"", checked.verdict);
    if (auto& wrong = checked.wrong) {
      wrong->during = "schema sample";
      wrong->where =
          wrong->where.starts_with("line") || wrong->where.starts_with("payload") ? path + ": " + wrong->where : path;
      out += ",\"write\":";
      append_json_string(out, wrong->detail);
      ++wrong_;
      if (!first_wrong_) first_wrong_ = std::move(*wrong);
    }
    return output_.write(out + "}");
  }

  const Setup& setup_;
  const SampleOptions& options_;
  Output& output_;
  std::size_t files_ = 0;
  std::size_t wrong_ = 0;
  std::optional<Error> first_wrong_{};
};

}  // namespace

Result<void> check_all_samples(const Setup& setup, const SampleOptions& options, Output& output) {
  SampleCheck check{setup, options, output};
  EVENTSTORE_TRY_ASSIGN(const auto categories, PosixFileSystem{}.list(options.samples));
  for (const auto& category : categories) EVENTSTORE_TRY(check.category(category));
  return check.done();
}

}  // namespace eventstore::cli
