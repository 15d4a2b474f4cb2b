// Damage is told, and never copied.
#include "../../../src/log/backup/backup_manifest.hpp"
#include "backup_case.hpp"

using namespace eventstore;
using namespace eventstore::engine;
using namespace eventstore::laws;

namespace {

void write_manifest_version(const std::string& path, char version) {
  auto text = read_text(path);
  text.at(8) = version;
  write_text(path, text);
}

}  // namespace

TEST_CASE("a flipped byte anywhere in the store's history keeps it from being copied") {
  BackupCase at;
  at.append_events(40);
  at.make_backup();
  const auto copied = at.events();
  at.keep_backup();
  at.append_events(40);
  const auto first_new = static_cast<int>(at.check().state.segments);
  std::vector<std::size_t> ends;
  for (auto number = 1U; number <= at.make_backup().state.segments; ++number)
    ends.push_back(at.end_of_copy(static_cast<int>(number)));
  at.put_backup_back();
  REQUIRE(ends.size() > static_cast<std::size_t>(first_new));
  for (auto number = first_new; number <= static_cast<int>(ends.size()); ++number) {
    const auto from = number == first_new ? at.end_of_copy(number) : 0;
    for (auto offset = from; offset < ends[static_cast<std::size_t>(number) - 1]; offset += 41) {
      CAPTURE(number, offset);
      flip_byte(at.store.segment(number), offset);
      const auto refused = at.try_backup();
      REQUIRE_FALSE(refused);
      REQUIRE((refused.error().code == Errc::corrupt_record || refused.error().code == Errc::newer_format));
      REQUIRE(refused.error().where == at.store.segment(number));
      flip_byte(at.store.segment(number), offset);
    }
  }
  CHECK(at.check().state.last == Position{40});
  CHECK(at.restored_events() == copied);
  CHECK(at.make_backup().state.last == Position{80});
}

TEST_CASE("damage before the end is told also where no writer was since the machine was started") {
  BackupCase at;
  auto log = at.store.open();
  fill(*log, "delivery-1", 1, 1);
  at.make_backup();
  const auto offset = at.end_of_copy(1) - 1;
  fill(*log, "delivery-1", 2, 3);
  log.reset();
  std::filesystem::remove_all(at.backup_path());
  at.store.files.set_boot_id("another run");
  flip_byte(at.store.segment(1), offset);
  const auto refused = at.try_backup();
  REQUIRE(code_of(refused) == Errc::corrupt_record);
  CHECK(refused.error().where == at.store.segment(1));
  CHECK(refused.error().at == Position{1});
}

TEST_CASE("a segment cut short behind the published end is damage") {
  BackupCase at;
  auto log = at.store.open();
  fill(*log, "delivery-1", 1, 3);
  log.reset();
  at.make_backup();
  std::filesystem::resize_file(at.store.segment(1), at.end_of_copy(1) - 96);
  std::filesystem::remove_all(at.backup_path());
  CHECK(code_of(at.try_backup()) == Errc::corrupt_record);
  CHECK(code_of(at.try_check()) == Errc::not_found);
}

TEST_CASE("a segment that lost its seal is damage") {
  BackupCase at;
  at.append_events(60);
  at.make_backup();
  std::filesystem::resize_file(at.store.segment(2), at.end_of_copy(2) - 96);
  std::filesystem::remove_all(at.backup_path());
  const auto refused = at.try_backup();
  REQUIRE(code_of(refused) == Errc::corrupt_record);
  CHECK(refused.error().where == at.store.segment(2));
  CHECK_THAT(refused.error().detail, Catch::Contains("the segment ends without its finish mark"));
}

TEST_CASE("a flipped byte anywhere in a backup is found, and no store is made of it") {
  BackupCase at;
  at.append_events(3);
  at.make_backup();
  for (const auto& file : {at.in_backup("backup"), at.segment_copy(1)}) {
    for (std::size_t offset = 0; offset < std::filesystem::file_size(file); ++offset) {
      CAPTURE(file, offset);
      flip_byte(file, offset);
      for (const auto& failed : {at.try_check().error(), at.try_restore().error()}) {
        REQUIRE((failed.code == Errc::corrupt_record || failed.code == Errc::newer_format));
        REQUIRE(failed.where == file);
      }
      REQUIRE_FALSE(std::filesystem::exists(at.restored_path() + "/manifest"));
      flip_byte(file, offset);
    }
  }
  CHECK(at.restored_events() == at.events());
}

TEST_CASE("a file that is whole, but not the one that the manifest names, is damage") {
  BackupCase at;
  at.append_events(60);
  at.make_backup();
  const auto text = read_text(at.in_backup("backup"));
  const auto manifest = value_of(decode_backup_manifest(as_bytes(text), "backup"));
  const auto is_refused_with = [&](auto change) {
    auto other = manifest;
    change(other.files[1]);
    write_text(at.in_backup("backup"), as_text(encode(other)));
    return code_of(at.try_check()) == Errc::corrupt_record && code_of(at.try_restore()) == Errc::corrupt_record;
  };
  CHECK(is_refused_with([](CopiedFile& file) { file.checksum += 1; }));
  CHECK(is_refused_with([](CopiedFile& file) { file.chain += 1; }));
  CHECK(is_refused_with([](CopiedFile& file) { file.generation += 1; }));
  CHECK(is_refused_with([](CopiedFile& file) { file.recorded_at += 1; }));
  CHECK(is_refused_with([](CopiedFile& file) { file.last_commit -= 8; }));
  write_text(at.in_backup("backup"), text);
  CHECK(at.check().is_complete);
}

TEST_CASE("a damaged segment of a backup lets earlier points be restored") {
  BackupCase at;
  at.append_events(60);
  at.make_backup();
  flip_byte(at.segment_copy(2), 500);
  const auto failed = at.try_restore();
  REQUIRE(code_of(failed) == Errc::corrupt_record);
  const auto& detail = failed.error().detail;
  const std::string advice = "restore from another copy of the backup, or up to position ";
  REQUIRE_THAT(detail, Catch::Contains(advice));
  const auto position = std::stoull(detail.substr(detail.find(advice) + advice.size()));
  CHECK(value_of(at.try_restore({.position = Position{position}})).last == Position{position});
}

TEST_CASE("a copy that is gone or cut off is made again while the store has it") {
  BackupCase at;
  at.append_events(60);
  const auto segments = static_cast<int>(at.make_backup().state.segments);
  const int number = GENERATE_COPY(1, 2, segments);
  CAPTURE(number);
  const bool is_gone = GENERATE(true, false);
  if (is_gone)
    std::filesystem::remove(at.segment_copy(number));
  else
    std::filesystem::resize_file(at.segment_copy(number), 300);
  CHECK(code_of(at.try_check()) == Errc::corrupt_record);
  SECTION("as it is") {
    const auto report = at.make_backup();
    CHECK(report.files_copied == 1);
    CHECK(report.state.first_recorded_at == noon.plus_seconds(1));
    CHECK(report.state.last_recorded_at == noon.plus_seconds(60));
  }
  SECTION("and with what is new") {
    at.append_events(40);
    CHECK(at.make_backup().state.last == Position{100});
  }
  CHECK(at.check().is_complete);
  CHECK(at.restored_events() == at.events());
}

TEST_CASE("a copy that is gone from both is told") {
  BackupCase at;
  at.append_events(60);
  at.make_backup();
  std::filesystem::remove(at.segment_copy(1));
  std::filesystem::remove(at.store.segment(1));
  const auto refused = at.try_backup();
  REQUIRE(code_of(refused) == Errc::corrupt_record);
  CHECK(refused.error().where == at.segment_copy(1));
  CHECK_FALSE(std::filesystem::exists(at.in_backup("in-progress")));
}

TEST_CASE("a damaged copy is not made longer, and made again once it is removed") {
  BackupCase at;
  at.append_events(3);
  at.make_backup();
  flip_byte(at.segment_copy(1), 300);
  at.append_events(1);
  const auto refused = at.try_backup();
  REQUIRE(code_of(refused) == Errc::corrupt_record);
  CHECK(refused.error().where == at.segment_copy(1));
  CHECK(refused.error().detail ==
        "the copy is damaged: remove this file, and the next backup copies the segment again");
  std::filesystem::remove(at.segment_copy(1));
  CHECK(at.make_backup().files_copied == 1);
  CHECK(at.check().is_complete);
}

TEST_CASE("what a newer version wrote is left to it") {
  BackupCase at;
  at.append_events(3);
  SECTION("a backup") {
    at.make_backup();
    write_manifest_version(at.in_backup("backup"), 2);
    CHECK(code_of(at.try_backup()) == Errc::newer_format);
    CHECK(code_of(at.try_check()) == Errc::newer_format);
    CHECK(code_of(at.try_restore()) == Errc::newer_format);
  }
  SECTION("a store") {
    write_manifest_version(at.store.file("manifest"), 2);
    CHECK(code_of(at.try_backup()) == Errc::newer_format);
  }
  SECTION("a segment") {
    write_manifest_version(at.store.segment(1), 2);
    CHECK(code_of(at.try_backup()) == Errc::newer_format);
  }
}

TEST_CASE("a manifest that contradicts itself is damage, whatever its checksum says") {
  BackupCase at;
  at.append_events(60);
  at.make_backup();
  const auto text = read_text(at.in_backup("backup"));
  const auto whole = value_of(decode_backup_manifest(as_bytes(text), "backup"));
  REQUIRE(whole.files.size() > 2);
  const auto is_taken = [](const BackupManifest& manifest) {
    const auto bytes = encode(manifest);
    return decode_backup_manifest(bytes, "backup").has_value();
  };
  CHECK(is_taken(whole));
  const auto is_taken_with = [&](auto change) {
    auto manifest = whole;
    change(manifest);
    return is_taken(manifest);
  };
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files.clear(); }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files.erase(manifest.files.begin() + 1); }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { std::swap(manifest.files[0], manifest.files[1]); }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[0].is_finished = 0; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[0].number = 0; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[1].first_position += 1; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[1].kind = CopyKind{7}; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[1].kind = CopyKind::seal; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[1].bytes = 100; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[1].bytes += 4; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[1].bytes += std::uint64_t{1} << 32; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.files[1].last_commit = 8; }));
  CHECK_FALSE(
      is_taken_with([](BackupManifest& manifest) { manifest.files.back().last_commit = manifest.files.back().bytes; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.store_id.octets[0] ^= 1; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.store.created_at += 1; }));
  CHECK_FALSE(is_taken_with([](BackupManifest& manifest) { manifest.put({.kind = CopyKind::seal, .number = 99}); }));
}
