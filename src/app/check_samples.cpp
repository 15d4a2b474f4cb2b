// A sample that was kept once must be readable for ever.
#include <eventstore/aggregate/detail/check_samples.hpp>
#include <eventstore/app/samples.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "sample_files.hpp"
#include "text_file.hpp"

namespace eventstore::app {
namespace {

using OnSample = FunctionRef<Result<void>(const SampleVerdict&)>;

struct Checked {
  std::string verdict;
  std::optional<Error> wrong{};
};

std::string word_for(Verdict::Way way) {
  return way == Verdict::Way::same ? "same" : way == Verdict::Way::resolved ? "resolved" : "upcast";
}

class SampleCheck {
 public:
  SampleCheck(const Model& model, FileSystem& files, const CheckSamples& parameters, OnSample on_sample)
      : model_{model}, files_{files}, parameters_{parameters}, on_sample_{on_sample} {}

  Result<void> category(const std::string& name) {
    const auto folder = samples_folder(parameters_.where.samples, name);
    EVENTSTORE_TRY_ASSIGN(const auto names, list_samples(files_, folder));
    for (const auto& file : names) {
      const auto path = folder + "/" + file;
      EVENTSTORE_TRY_ASSIGN(const auto text, read_text_file(files_, path));
      auto parsed = parse_sample_file(text);
      auto checked = parsed ? check(name, file, *parsed) : Checked{"damaged", std::move(parsed.error())};
      EVENTSTORE_TRY(tell(name, path, parsed ? &*parsed : nullptr, checked));
    }
    return {};
  }

  [[nodiscard]] Result<void> done() {
    if (count_ == 0)
      return failure(Errc::not_found, "schema sample", parameters_.where.samples,
                     "none of its folders has a sample; run `schema sample` without --check to keep some");
    if (!first_wrong_) return {};
    if (wrong_ > 1) first_wrong_->detail += fmt::format("; {} more cannot be read: see the lines above", wrong_ - 1);
    return failure(std::move(*first_wrong_));
  }

 private:
  [[nodiscard]] bool is_retired(const std::string& category, const std::string& event) const {
    const auto& retired = parameters_.retired;
    return std::find(retired.begin(), retired.end(), category) != retired.end() ||
           std::find(retired.begin(), retired.end(), fmt::format("{}.{}", category, event)) != retired.end();
  }

  [[nodiscard]] Checked check(const std::string& category, const std::string& file_name, const SampleFile& file) const {
    if (const auto expected = sample_file_name(file.schema); file_name != expected)
      return {"damaged", Error{Errc::corrupt_record, "read samples", "", "the file's name should be " + expected}};
    if (auto shown = check_by_descriptor(file); !shown) return {"damaged", std::move(shown.error())};
    const bool retired = is_retired(category, file.schema.name);
    const auto aggregate = find_aggregate(model_, category);
    if (!aggregate && retired) return {"retired"};
    if (!aggregate)
      return {"breaking", Error{Errc::unreadable_schema, "read samples", "",
                                fmt::format("this program has no category `{}`: register its aggregate again, or say "
                                            "with --retired {} that no code reads its events any more",
                                            category, category)}};
    auto way = eventstore::check_samples(**aggregate, file);
    if (way) return {word_for(*way)};
    if (way.error().code != Errc::unreadable_schema) return {"damaged", std::move(way.error())};
    if (retired) return {"retired"};
    return {"breaking", std::move(way.error())};
  }

  Result<void> tell(const std::string& category, const std::string& path, const SampleFile* file, Checked& checked) {
    ++count_;
    SampleVerdict row{category, path, {}, checked.verdict, {}};
    if (file != nullptr) row.payloads = file->samples.size();
    if (auto& wrong = checked.wrong) {
      wrong->during = "schema sample";
      wrong->where =
          wrong->where.starts_with("line") || wrong->where.starts_with("payload") ? path + ": " + wrong->where : path;
      row.write = wrong->detail;
      ++wrong_;
      if (!first_wrong_) first_wrong_ = std::move(*wrong);
    }
    return on_sample_(row);
  }

  const Model& model_;
  FileSystem& files_;
  const CheckSamples& parameters_;
  OnSample on_sample_;
  std::size_t count_ = 0;
  std::size_t wrong_ = 0;
  std::optional<Error> first_wrong_{};
};

}  // namespace

Result<void> check_samples(const Model& model, FileSystem& files, const CheckSamples& parameters, OnSample on_sample) {
  SampleCheck check{model, files, parameters, on_sample};
  EVENTSTORE_TRY_ASSIGN(const auto categories, files.list(parameters.where.samples));
  for (const auto& category : categories) EVENTSTORE_TRY(check.category(category));
  return check.done();
}

}  // namespace eventstore::app
