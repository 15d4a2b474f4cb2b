#pragma once
// Every workload, one file each; what each does is in docs/inside/benchmarks.md.

namespace bench {

void register_append_batch();
void register_append_durable();
void register_decode();
void register_fold_large();
void register_import();
void register_list_iterate();
void register_map_memory();
void register_mixed();
void register_open();
void register_personal();
void register_project();
void register_project_live();
void register_react();
void register_read_stream();
void register_replay();
void register_scan();
void register_snapshot_load();

}  // namespace bench
