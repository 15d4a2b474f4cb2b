// A program that reacts: whoever has an appointment is told when it was shifted, and reminded a day before it.
#include <cstdio>
#include <eventstore/domain.hpp>
#include <eventstore/store.hpp>

namespace es = eventstore;
using namespace std::chrono_literals;

struct Booked {
  EVENTSTORE_EVENT(Booked, "AppointmentBooked", (std::string, phone), (es::Timestamp, start));
};
struct Shifted {
  EVENTSTORE_EVENT(Shifted, "AppointmentShifted", (es::Timestamp, start));
};
struct Cancelled {
  EVENTSTORE_EVENT(Cancelled, "AppointmentCancelled");
};
struct Book {
  EVENTSTORE_COMMAND(Book, (std::string, phone), (es::Timestamp, start));
};
struct Shift {
  EVENTSTORE_COMMAND(Shift, (es::Timestamp, start));
};
struct Cancel {
  EVENTSTORE_COMMAND(Cancel);
};

struct AppointmentState {
  EVENTSTORE_FIELDS(AppointmentState, (std::string, phone), (es::Timestamp, start), (bool, cancelled));
};

struct Appointment : es::DeciderOf<"appointment", AppointmentState, es::Events<Booked, Shifted, Cancelled>,
                                   es::Commands<Book, Shift, Cancel>> {
  static void evolve(State& state, const Booked& event) { state = {event.phone, event.start, false}; }
  static void evolve(State& state, const Shifted& event) { state.start = event.start; }
  static void evolve(State& state, const Cancelled&) { state.cancelled = true; }

  static Decision create(const Book& command) { return Booked{command.phone, command.start}; }
  static Decision decide(const State& state, const Shift& command) {
    if (state.cancelled) return es::refuse("the appointment is cancelled");
    if (state.start == command.start) return {};
    return Shifted{command.start};
  }
  static Decision decide(const State& state, const Cancel&) {
    if (state.cancelled) return {};
    return Cancelled{};
  }
};

struct Notice {
  EVENTSTORE_FIELDS(Notice, (std::string, phone), (std::string, text));
};

struct NotifyOfAppointments {
  static constexpr auto name = "notify-of-appointments";
  using reads = es::Reads<Appointment>;

  static void react(const Booked& event, const es::Change<Appointment>& change, es::Outgoing& to) {
    remind(event.start, change, to);
  }
  static void react(const Shifted& event, const es::Change<Appointment>& change, es::Outgoing& to) {
    const auto was = change.before.start.to_string().substr(0, 16);
    to.call("notify", Notice{change.after.phone, "moved from " + was + " to " + event.start.to_string().substr(0, 16)});
    remind(event.start, change, to);  // moves the reminder
  }
  static void react(const Cancelled&, const es::Change<Appointment>& change, es::Outgoing& to) {
    to.cancel(change.key);
    to.call("notify", Notice{change.after.phone, "cancelled"});
  }

 private:
  static void remind(es::Timestamp start, const es::Change<Appointment>& change, es::Outgoing& to) {
    to.at(start - 24h, change.key).call("notify", Notice{change.after.phone, "tomorrow"});
  }
};

namespace {

// A program would send an SMS here, and hand call.idempotency_key on.
es::Result<void> notify(const es::OutsideCall& call) {
  EVENTSTORE_TRY_ASSIGN(const auto notice, call.argument<Notice>());
  std::printf("to %s: %s\n", notice.phone.c_str(), notice.text.c_str());
  return {};
}

es::Result<void> run(const std::string& directory) {
  es::ManualClock clock{es::Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 1 / 27}}};
  es::StoreOptions options{};
  options.clock = &clock;
  EVENTSTORE_TRY_ASSIGN(es::Store store, es::Store::open(directory, {{es::aggregate<Appointment>()}}, options));
  auto worker = es::ReactionWorker::open(store.reaction_host({{"notify", &notify}}),
                                         es::reaction<NotifyOfAppointments>(), {.from = es::From::now()});
  if (!worker) return es::failure_of(worker);

  auto appointments = store.repository<Appointment>();
  const auto noon = clock.now() + 12h;
  EVENTSTORE_TRY(appointments.execute("dentist", Book{"+49 30 1", noon + 48h}));
  EVENTSTORE_TRY(appointments.execute("barber", Book{"+49 30 2", noon + 48h}));
  EVENTSTORE_TRY(appointments.execute("dentist", Shift{noon + 72h}));
  EVENTSTORE_TRY(worker->run());
  for (const auto passed : {36h, 24h}) {
    clock.set(clock.now() + passed);
    std::printf("it is %s\n", clock.now().to_string().substr(0, 16).c_str());
    EVENTSTORE_TRY(worker->run());  // a server calls worker->follow(stop) on a thread instead
  }
  return store.close();
}

}  // namespace

int main(int argc, char** argv) {
  const auto done = run(argc > 1 ? argv[1] : "./appointments-data");
  if (!done) std::fprintf(stderr, "%s\n", done.error().message().c_str());
  return done ? 0 : 1;
}
