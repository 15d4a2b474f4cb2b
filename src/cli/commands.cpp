#include "commands.hpp"

#include <array>

namespace eventstore::cli {
namespace {

constexpr std::array all{
    add_init,       //
    add_doctor,     //
    add_settings,   //
    add_generate,   //
    add_import,     //
    add_read,       // and all
    add_export,     //
    add_streams,    //
    add_stats,      //
    add_state,      //
    add_diff,       //
    add_log,        //
    add_blame,      //
    add_bisect,     //
    add_what_if,    //
    add_as_of,      //
    add_find,       //
    add_trace,      //
    add_report,     //
    add_append,     //
    add_execute,    //
    add_functions,  // query, record
    add_project,    //
    add_react,      //
    add_schema,     //
    add_verify,     //
    add_claims,     //
    add_seal,       //
    add_prove,      //
    add_backup,     //
    add_restore,    //
    add_retain,     //
    add_subject,    //
    add_keys,       //
};

}  // namespace

void add_commands(CommandGroup commands) {
  for (const auto add : all) add(commands);
}

}  // namespace eventstore::cli
