#include <eventstore/app/describe.hpp>

#include <catch2/catch.hpp>

#include "aggregate/account.hpp"

namespace describe_test {

using namespace bank;
namespace app = es::app;

namespace {

EVENTSTORE_ENUM(Colour, red, green);
struct Size {
  EVENTSTORE_FIELDS(Size, (double, width), (double, height, 1));
};
struct Box {
  EVENTSTORE_FIELDS(Box, (Size, size));
};
struct Crate {
  EVENTSTORE_FIELDS(Crate, (std::int32_t, weight));
};
using Packing = std::variant<Box, Crate>;
struct Send {
  EVENTSTORE_COMMAND(Send, (string, to, , es::help("Whom it is for")), (Colour, colour, Colour::green),
                     (std::vector<Size>, parts), (std::optional<Packing>, packing), (es::Map<bool>, flags),
                     (Size, outer, , es::flattened));
};
struct Sent {
  EVENTSTORE_EVENT(Sent, (string, to));
};
struct Parcel : es::CategoryOf<"parcel", es::Events<Sent>> {
  using commands = es::Commands<Send>;
  using Decision = es::Decision<events>;
  static constexpr auto was = es::was("packet");
  struct State {
    EVENTSTORE_FIELDS(State, (string, to));
  };
  static void evolve(State& s, const Sent& e) { s.to = e.to; }
  static Decision create(const Send& c) { return Sent{c.to}; }
};

es::Model model() { return {{es::aggregate<Account>(), es::aggregate<Parcel>()}, {}, {}}; }

}  // namespace

TEST_CASE("a command is described with its fields and their types and defaults", "[describe]") {
  CHECK(app::describe_commands(model(), {"parcel-7"}) ==
        R"(Commands of parcel:
  send: opens a new stream
    to                        text, required: Whom it is for
    colour                    one of red, green, default "green"
    parts                     list of objects, required
    parts[].width             float64, required
    parts[].height            float64, default 1.0
    packing                   object with a kind, Box or Crate, optional
    packing(Box).size         object, required
    packing(Box).size.width   float64, required
    packing(Box).size.height  float64, default 1.0
    packing(Crate).weight     int32, required
    flags                     object with members of true or false, required
    width                     float64, required
    height                    float64, default 1.0
)");
}

TEST_CASE("commands are chosen by stream and by name", "[describe]") {
  const auto all = app::describe_commands(model(), {});
  CHECK_THAT(all, Catch::StartsWith("Commands of account:\n  open: opens a new stream\n    owner  text, required\n") &&
                      Catch::Contains("\nCommands of parcel:\n"));
  CHECK(app::describe_commands(model(), {"unknown-7"}) == all);
  const auto of_account = app::describe_commands(model(), {"account-7"});
  CHECK_THAT(of_account, Catch::Contains("withdraw: needs an existing stream") && !Catch::Contains("parcel"));
  CHECK(app::describe_commands(model(), {"account"}) == of_account);
  CHECK(app::describe_commands(model(), {"account-7", "nothing"}) == of_account);
  CHECK(app::describe_commands(model(), {"account-7", "withdraw"}) ==
        "Commands of account:\n  withdraw: needs an existing stream\n    cents  int64, required\n");
  CHECK(app::describe_commands(model(), {"packet-7"}) == app::describe_commands(model(), {"parcel-7"}));
  CHECK(app::describe_commands({}, {}) == "There are no commands.\n");
}

TEST_CASE("help texts have the program's own names", "[describe]") {
  const auto help = "Stream like {stream}, or {category}.{event}";
  CHECK(app::filled_in(help, model()) == "Stream like account-7, or account.AccountOpened");
  CHECK(app::filled_in(help, {}) == "Stream like category-7, or category.Event");
}

}  // namespace describe_test
