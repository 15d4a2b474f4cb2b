#include "segment.hpp"

#include "store_files.hpp"

namespace eventstore::engine {

Segment::Segment(const StoreFiles& store, std::uint32_t number, const Uuid& store_id)
    : store_{&store}, number_{number}, store_id_{store_id}, path_{store.segment_path(number)} {}

Segment::Segment(MappedSegment opened, std::string path)
    : Block{opened.mapping->data(), opened.mapping->size(), opened.mapping.get()},
      header_{opened.header},
      mapping_{std::move(opened.mapping)},
      file_{std::move(opened.file)},
      path_{std::move(path)} {}

Result<Block::Opened> Segment::open() const {
  auto opened = store_->map_segment(number_, store_id_, OpenMode::read);
  if (!opened && opened.error().code == Errc::not_found)
    opened.error() = {Errc::corrupt_record, "open", path_, "the file is missing"};
  if (!opened) return failure_of(opened);
  store_->kept()->add_map();
  mapping_ = std::move(opened->mapping);
  return Opened{mapping_->data(), opened->size, mapping_.get()};
}

}  // namespace eventstore::engine
