#include <bench/filled.hpp>
#include <bench/measures.hpp>
#include <bench/workloads/workloads.hpp>

int main(int argc, char** argv) {
  bench::parse_options(argc, argv);
  bench::register_append_durable();
  bench::register_append_batch();
  bench::register_import();
  bench::register_read_stream();
  bench::register_replay();
  bench::register_scan();
  bench::register_open();
  bench::register_mixed();
  bench::register_decode();
  bench::register_snapshot_load();
  bench::register_fold_large();
  bench::register_list_iterate();
  bench::register_map_memory();
  bench::register_personal();
  bench::register_project();
  bench::register_project_live();
  bench::register_react();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::AddCustomContext("sync_us", std::to_string(bench::sync_micros(bench::options().directory)));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  bench::remove_filled();
}
