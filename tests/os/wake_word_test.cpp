#include <eventstore/os/detail/wake_word.hpp>

#include <catch2/catch.hpp>

#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

#include <eventstore/os/file_system.hpp>
#include <temporary_directory.hpp>

using namespace eventstore;
using namespace std::chrono_literals;

namespace {

// Waits until `word` is no longer 0, and counts the threads that have seen it.
void wait_for_change(std::atomic_ref<std::uint32_t> word, const std::uint32_t& address, WaitScope scope,
                     std::atomic<int>& seen) {
  while (word.load() == 0) wait_on(address, 0, 10min, scope);
  ++seen;
}

}  // namespace

TEST_CASE("nobody waits on a word that has changed already") {
  const std::uint32_t word = 7;
  wait_on(word, 6, 10min, GENERATE(WaitScope::process, WaitScope::machine));
  SUCCEED("wait_on returned at once");
}

TEST_CASE("a wait ends when its patience does") {
  const std::uint32_t word = 7;
  wait_on(word, 7, 1ms, GENERATE(WaitScope::process, WaitScope::machine));
  SUCCEED("wait_on returned after its patience");
}

TEST_CASE("whoever changes a word wakes all threads that wait on it") {
  alignas(4) std::uint32_t word = 0;
  std::atomic<int> seen{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { wait_for_change(std::atomic_ref{word}, word, WaitScope::process, seen); });
  std::atomic_ref{word}.store(1);
  wake_all(word, WaitScope::process);
  for (auto& thread : threads) thread.join();
  CHECK(seen == 4);
}

TEST_CASE("waking one thread at a time wakes them all in the end") {
  alignas(4) std::uint32_t word = 0;
  std::atomic<int> seen{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&] { wait_for_change(std::atomic_ref{word}, word, WaitScope::process, seen); });
  std::atomic_ref{word}.store(1);
  while (seen < 3) wake_one(word, WaitScope::process);
  for (auto& thread : threads) thread.join();
  CHECK(seen == 3);
}

TEST_CASE("a word in a mapped file wakes those who mapped the file for themselves") {
  const test::TemporaryDirectory directory;
  PosixFileSystem files;
  const auto file = files.open(directory.file("word"), OpenMode::create);
  REQUIRE(file);
  REQUIRE(write_all(**file, 0, Bytes(4)));
  const auto here = (*file)->map(4, MapMode::read_write);
  const auto there = (*file)->map(4, MapMode::read_write);
  REQUIRE((here && there));
  REQUIRE((*here)->data() != (*there)->data());
  auto& written = *reinterpret_cast<std::uint32_t*>((*here)->data());
  auto& watched = *reinterpret_cast<std::uint32_t*>((*there)->data());
  std::atomic<int> seen{0};
  std::thread thread{[&] { wait_for_change(std::atomic_ref{watched}, watched, WaitScope::machine, seen); }};
  std::atomic_ref{written}.store(1);
  wake_all(written, WaitScope::machine);
  thread.join();
  CHECK(seen == 1);
}
