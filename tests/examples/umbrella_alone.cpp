// A program of the release before: it includes the umbrella alone, and still calls the command line.
#include <eventstore/eventstore.hpp>

int main(int argc, char** argv) { return eventstore::cli::main(argc, argv, eventstore::cli::Program{}); }
