#include "new_file.hpp"

#include <utility>

#include "output_place.hpp"

namespace eventstore::app {
namespace {

constexpr std::size_t flushed_bytes = std::size_t{1} << 20;

}  // namespace

NewPlace::NewPlace(FileSystem& files, std::string path)
    : files_{&files}, path_{std::move(path)}, meanwhile_{path_ + "." + files.process_name() + ".tmp"} {}

Result<NewPlace> NewPlace::beside(const Store& store, std::string path) {
  EVENTSTORE_TRY(look_at_place(store, path));
  NewPlace place{store.files(), std::move(path)};
  (void)store.files().remove(place.meanwhile_);  // what an earlier process of that name may have left
  return place;
}

NewPlace::NewPlace(NewPlace&& other) noexcept
    : files_{std::exchange(other.files_, nullptr)},
      path_{std::move(other.path_)},
      meanwhile_{std::move(other.meanwhile_)} {}

NewPlace::~NewPlace() {
  if (files_ != nullptr) (void)files_->remove(meanwhile_);
}

Result<void> NewPlace::take() {
  EVENTSTORE_TRY(files_->rename(meanwhile_, path_));
  return std::exchange(files_, nullptr)->sync_directory(directory_of(path_));
}

Result<NewFile> NewFile::open(const Store& store, std::string path) {
  EVENTSTORE_TRY_ASSIGN(auto place, NewPlace::beside(store, std::move(path)));
  EVENTSTORE_TRY_ASSIGN(auto file, store.files().open(place.meanwhile(), OpenMode::create_new));
  return NewFile{std::move(place), std::move(file)};
}

Result<void> NewFile::flush_some() { return text_.size() < flushed_bytes ? Result<void>{} : flush(); }

Result<void> NewFile::flush() {
  EVENTSTORE_TRY(write_all(*file_, written_, as_bytes(text_)));
  written_ += text_.size();
  text_.clear();
  return {};
}

Result<void> NewFile::finish() {
  EVENTSTORE_TRY(flush());
  EVENTSTORE_TRY(file_->sync_data());
  return place_.take();
}

}  // namespace eventstore::app
