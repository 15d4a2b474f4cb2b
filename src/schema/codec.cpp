#include <eventstore/schema/codec.hpp>

#include <new>

namespace eventstore {
inline namespace v1 {
namespace detail {

namespace {

Result<void> load_whole(std::string_view name, BytesView bytes, void* object,
                        void (*load)(BytesIn& from, void* object)) {
  const auto during = [&] { return "decode " + std::string{name}; };
  try {
    BytesIn archive{bytes};
    load(archive, object);
    if (archive.remaining() != 0)
      return failure(Errc::corrupt_record, during(), "", "bytes are left over after the last field");
    return {};
  } catch (const cereal::Exception& problem) {
    return failure(Errc::corrupt_record, during(), "", problem.what());
  }
}

}  // namespace

// Also for an error, there may be no memory.
Result<void> decode_with(std::string_view name, BytesView bytes, void* object,
                         void (*load)(BytesIn& from, void* object)) noexcept {
  try {
    return load_whole(name, bytes, object, load);
  } catch (const std::bad_alloc&) {
    return failure(Errc::out_of_memory, "decode", "");
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
