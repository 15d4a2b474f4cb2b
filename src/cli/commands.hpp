#pragma once
// Private to the command line: every command. command.hpp tells how one is added.
#include "command.hpp"

namespace eventstore::cli {

/// Adds them all, in the order of the help text.
void add_commands(CommandGroup commands);

void add_append(CommandGroup& commands);
void add_as_of(CommandGroup& commands);
void add_backup(CommandGroup& commands);
void add_bisect(CommandGroup& commands);
void add_blame(CommandGroup& commands);
void add_claims(CommandGroup& commands);
void add_diff(CommandGroup& commands);
void add_doctor(CommandGroup& commands);
void add_execute(CommandGroup& commands);
void add_export(CommandGroup& commands);
void add_find(CommandGroup& commands);
void add_functions(CommandGroup& commands);
void add_generate(CommandGroup& commands);
void add_import(CommandGroup& commands);
void add_init(CommandGroup& commands);
void add_keys(CommandGroup& commands);
void add_log(CommandGroup& commands);
void add_project(CommandGroup& commands);
void add_prove(CommandGroup& commands);
void add_react(CommandGroup& commands);
void add_read(CommandGroup& commands);
void add_report(CommandGroup& commands);
void add_restore(CommandGroup& commands);
void add_retain(CommandGroup& commands);
void add_schema(CommandGroup& commands);
void add_seal(CommandGroup& commands);
void add_settings(CommandGroup& commands);
void add_state(CommandGroup& commands);
void add_stats(CommandGroup& commands);
void add_streams(CommandGroup& commands);
void add_subject(CommandGroup& commands);
void add_trace(CommandGroup& commands);
void add_verify(CommandGroup& commands);
void add_what_if(CommandGroup& commands);

}  // namespace eventstore::cli
