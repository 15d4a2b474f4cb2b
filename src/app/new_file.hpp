#pragma once
// Private to the use cases: a file that is written beside its place and takes it when it is whole.
#include <eventstore/app/store.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace eventstore::app {

/// A place for a file that is being made. Unless it was taken, its destructor removes what was written.
class NewPlace {
 public:
  /// A regular file that stands there already is replaced at the end. Errors: as look_at_place. Lifetime: within the
  /// store's.
  static Result<NewPlace> beside(const Store& store, std::string path);
  ~NewPlace();
  NewPlace(NewPlace&& other) noexcept;
  NewPlace& operator=(NewPlace&&) = delete;

  /// Where to write meanwhile: a name that has this process in it.
  [[nodiscard]] const std::string& meanwhile() const { return meanwhile_; }
  /// Puts what was written there, and synced, into the place. Errors: as FileSystem's.
  Result<void> take();

 private:
  NewPlace(FileSystem& files, std::string path);

  FileSystem* files_;  // null: nothing is to be removed
  std::string path_;
  std::string meanwhile_;
};

/// A text file. Threads: one at a time.
class NewFile {
 public:
  /// Errors: as NewPlace::beside and FileSystem::open.
  static Result<NewFile> open(const Store& store, std::string path);

  /// Text that is added here is written by the next call of flush_some. Lifetime: the file's.
  [[nodiscard]] std::string& text() { return text_; }
  /// Writes the text once it is long. Errors: io_failed, out_of_space.
  Result<void> flush_some();
  /// Writes all of it, and puts the file into its place. Errors: likewise.
  Result<void> finish();

 private:
  NewFile(NewPlace place, std::unique_ptr<File> file) : place_{std::move(place)}, file_{std::move(file)} {}
  Result<void> flush();

  NewPlace place_;
  std::unique_ptr<File> file_;
  std::string text_;
  std::uint64_t written_ = 0;
};

}  // namespace eventstore::app
