#include <eventstore/app/report.hpp>
#include <eventstore/history/report.hpp>
#include <eventstore/os/file_system.hpp>

#include "past_stream.hpp"

namespace eventstore::app {
namespace {

// A report may be made again, but the name of another file is a slip that would cost that file.
Result<void> check_replaceable(FileSystem& files, const std::string& path) {
  auto file = files.open(path, OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return {};
  if (file)
    if (const auto begin = read_whole(**file, report_mark.size()); begin && as_text(*begin) == report_mark) return {};
  return failure(Errc::invalid_argument, "write report", path, "it exists and is no report: give another name");
}

// A file that takes its name only once it is whole.
class NewFile {
 public:
  NewFile(FileSystem& files, std::string path)
      : files_{files}, path_{std::move(path)}, unfinished_{path_ + "." + files.process_name() + ".tmp"} {}
  ~NewFile() {
    if (file_) (void)files_.remove(unfinished_);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  Result<void> create() {
    auto file = files_.open(unfinished_, OpenMode::create_new);
    if (!file && file.error().code == Errc::not_found)
      return failure(Errc::not_found, "write report", path_, "its directory does not exist: make it first");
    EVENTSTORE_TRY_ASSIGN(file_, std::move(file));
    return {};
  }
  Result<void> append(std::string_view text) {
    EVENTSTORE_TRY(write_all(*file_, bytes_, as_bytes(text)));
    bytes_ += text.size();
    return {};
  }
  Result<void> finish() {
    EVENTSTORE_TRY(file_->sync_data());
    EVENTSTORE_TRY(files_.rename(unfinished_, path_));
    file_ = nullptr;
    const auto slash = path_.rfind('/');
    return files_.sync_directory(slash == std::string::npos ? "." : path_.substr(0, slash + 1));
  }

 private:
  FileSystem& files_;
  std::string path_;
  std::string unfinished_;
  std::unique_ptr<File> file_{};
  std::uint64_t bytes_ = 0;
};

Result<ReportOptions> options_of(const Store& store, const MakeReport& parameters) {
  if (parameters.html.empty())
    return failure(Errc::invalid_argument, "write report", parameters.stream, "the file has no name");
  if (parameters.from == 0U || parameters.to == 0U)
    return failure(Errc::invalid_argument, "write report", parameters.stream, "versions begin at 1");
  ReportOptions options{};
  if (parameters.from) options.first = Version{*parameters.from};
  if (parameters.to) options.last = Version{*parameters.to};
  options.made_at = store.clock().now();
  return options;
}

}  // namespace

Result<MadeReport> make_report(const Store& store, const MakeReport& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto options, options_of(store, parameters));
  EVENTSTORE_TRY_ASSIGN(const auto past, past_stream(store, parameters.stream));
  EVENTSTORE_TRY(check_replaceable(store.files(), parameters.html));
  NewFile file{store.files(), parameters.html};
  EVENTSTORE_TRY(file.create());
  EVENTSTORE_TRY_ASSIGN(const auto made,
                        write_report(
                            store.log(), store.schemas(), *past.type, past.stream, options,
                            [&](std::string_view piece) { return file.append(piece); }, store.snapshots()));
  EVENTSTORE_TRY(file.finish());
  const auto first = made.events == 0 ? made.last : made.first;
  return MadeReport{past.stream.text(), first.value, made.last.value, made.events, made.bytes, parameters.html};
}

}  // namespace eventstore::app
