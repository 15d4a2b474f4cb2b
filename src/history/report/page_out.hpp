#pragma once
// Private to the report: the way of its pieces to the sink.
#include <eventstore/history/report.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace eventstore {
inline namespace v1 {

inline tl::unexpected<Error> report_refusal(Errc code, std::string_view stream, std::string detail) {
  return failure(code, "write report", std::string{stream}, std::move(detail));
}

// Gathers small pieces for the sink, and holds the page to its size.
class PageOut {
 public:
  PageOut(ReportSink sink, std::string_view stream, std::uint64_t bytes_max)
      : sink_{sink}, stream_{stream}, bytes_max_{bytes_max} {}

  Result<void> put(std::string_view piece) {
    bytes_ += piece.size();
    if (bytes_ > bytes_max_)
      return report_refusal(
          Errc::too_large, stream_,
          fmt::format("the page would have more than {} MiB: ask for fewer versions, with --from and --to",
                      bytes_max_ >> 20U));
    pending_ += piece;
    return pending_.size() < pending_max ? Result<void>{} : flush();
  }
  // JSON, in which `<` can only stand in a text. Escaped, it can end no element of the page.
  Result<void> put_json(std::string_view json) {
    escaped_.clear();
    for (std::size_t from = 0; from < json.size();) {
      const auto to = std::min(json.find('<', from), json.size());
      escaped_.append(json, from, to - from);
      if (to < json.size()) escaped_ += "\\u003c";
      from = to + 1;
    }
    return put(escaped_);
  }
  Result<void> flush() {
    EVENTSTORE_TRY(sink_(pending_));
    pending_.clear();
    return {};
  }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t pending_max = 256 * 1024;

  ReportSink sink_;
  std::string_view stream_;
  std::uint64_t bytes_max_;
  std::uint64_t bytes_ = 0;
  std::string pending_{};
  std::string escaped_{};
};

}  // namespace v1
}  // namespace eventstore
