#include <bench/projected/handwritten.hpp>

#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <bench/projected/analytics_sums.hpp>
#include <bench/projected/checked.hpp>
#include <bench/projected/kept_states.hpp>
#include <bench/projected/message_rows.hpp>
#include <bench/projected/row_writer.hpp>

#include <eventstore/aggregate/read_event.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/changes.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {
namespace {

namespace es = eventstore;

constexpr std::size_t page_events = 10'000;

template <class A, class E>
concept Measures = requires(const E& event, const typename A::State& state, es::Measurements& to) {
  A::measure(event, state, state, to);
};

// An event with what all its rows need.
struct Present {
  const es::RecordedEvent& event;
  std::string_view category;
  std::string_view key;
  const es::Metadata& metadata;
};

// The tables with a row for each event.
class EventRows {
 public:
  explicit EventRows(CollectionsFile& file) : events_{file, "events"}, audit_lines_{file, "audit_logs"} {}

  template <class E, class State> void write(const Present& present, const State& before, const State& after) {
    const auto& event = present.event;
    key_.assign(event.stream).append(1, '\n').append(event.id.to_string());
    created_at_ = event.created_at.to_string();
    json_.clear();
    checked(es::bytes_to_json(es::schema_of<E>().type, event.data, json_));
    write_event(present);
    const bool is_first = event.version == es::Version{1};
    json_ = (is_first ? es::changes_from_nothing(after) : es::changes_between(before, after)).to_json();
    write_audit_line(present, action_of<E>(is_first));
  }

 private:
  template <class E> static std::string_view action_of(bool is_first) {
    if constexpr (requires { std::string_view{E::audit_action}; })
      return E::audit_action;
    else
      return std::string_view{E::event_type}.ends_with("Deleted") ? "delete" : is_first ? "create" : "update";
  }
  void write_event(const Present& present);
  void write_audit_line(const Present& present, std::string_view action);

  RowWriter events_;
  RowWriter audit_lines_;
  std::string key_;  // of the present event, as its time and its JSON
  std::string created_at_;
  std::string json_;
  std::string metadata_json_;
};

void EventRows::write_event(const Present& present) {
  const auto& event = present.event;
  metadata_json_.clear();
  es::append_metadata_json(present.metadata, metadata_json_);
  const IdText id{"events", key_};
  events_.add(id.text());
  events_.add(event.organization);
  events_.add(event.type);
  events_.add(json_);
  events_.add(present.key);
  events_.add(present.category);
  events_.add(created_at_);
  events_.add(event.version.value);
  events_.add(metadata_json_);
  events_.add(event.id.uuid);
  events_.add(event.position.value);
  events_.write();
}

void EventRows::write_audit_line(const Present& present, std::string_view action) {
  const auto known = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>{text};
  };
  const IdText id{"audit_logs", key_};
  audit_lines_.add(id.text());
  audit_lines_.add(present.event.organization);
  audit_lines_.add(present.metadata.user_id);
  audit_lines_.add(action);
  audit_lines_.add(present.category);
  audit_lines_.add(present.key);
  audit_lines_.add(json_);
  audit_lines_.add(known(present.metadata.ip_address));
  audit_lines_.add(known(present.metadata.user_agent));
  audit_lines_.add(created_at_);
  audit_lines_.add(present.event.position.value);
  audit_lines_.write();
}

// The whole program; without `rows` and the rest where only analytics is wanted.
template <bool everything> class Handwritten {
 public:
  Handwritten(const es::EventLog& log, CollectionsFile& file) : log_{log}, schemas_{log}, file_{file} {
    if constexpr (everything) rows_.emplace(file);
  }

  void run() {
    for (es::Position from{1};;) {
      const auto page = checked(log_.read_all({.from = from, .limit = page_events}));
      for (const auto& event : page.events) take(event);
      if (page.at_end) break;
      from = es::Position{page.next};
    }
    rows_.reset();
    sums_.write(file_);
    if constexpr (everything) {
      campaigns_.write(file_, "campaigns", "campaigns_rows", "campaigns_parts");
      conversations_.write(file_, "conversations", "conversations_rows", "conversations_parts");
      deliveries_.write(file_, "deliveries", "deliveries", {}, Times::twice);
      messages_.write(file_);
    }
    file_.finish();
  }

 private:
  void take(const es::RecordedEvent& event) {
    const auto dash = event.stream.find('-');
    checked(es::metadata_into(event, metadata_));
    const Present present{event, event.stream.substr(0, dash), event.stream.substr(dash + 1), metadata_};
    if (present.category == "campaign")
      fold<domain::Campaign>(present, campaigns_);
    else if (present.category == "conversation")
      fold<domain::Conversation>(present, conversations_);
    else if (present.category == "delivery")
      fold<domain::Delivery>(present, deliveries_);
    else
      throw std::runtime_error{"the handwritten program does not know this category"};
  }

  template <class A> void fold(const Present& present, KeptStates<A>& states) {
    static thread_local typename A::State before;  // its texts' memory is used again
    auto& kept = states.enter(present.event, present.key);
    checked(es::with_events<A>(present.event, schemas_, [&]<class E>(const E& typed, const es::EventPart&) {
      if constexpr (everything || Measures<A, E>) before = kept.state;
      if constexpr (requires { A::evolve(kept.state, typed, metadata_); })
        A::evolve(kept.state, typed, metadata_);
      else
        A::evolve(kept.state, typed);
      if constexpr (Measures<A, E>) {
        measurements_.clear();
        A::measure(typed, before, kept.state, measurements_);
        for (const auto& each : measurements_.all())
          sums_.add(present.event.organization, each, present.event.created_at);
      }
      if constexpr (everything) {
        rows_->template write<E>(present, before, kept.state);
        if constexpr (std::is_same_v<A, domain::Conversation>)
          messages_.take(present.event, present.key, typed, kept.state);
      }
    }));
  }

  const es::EventLog& log_;
  const es::SchemaReader schemas_;
  CollectionsFile& file_;
  std::optional<EventRows> rows_;
  KeptStates<domain::Campaign> campaigns_;
  KeptStates<domain::Conversation> conversations_;
  KeptStates<domain::Delivery> deliveries_;
  MessageRows messages_;
  AnalyticsSums sums_;
  es::Measurements measurements_;
  es::Metadata metadata_;
};

}  // namespace

void project_by_hand(const es::EventLog& log, CollectionsFile& file) { Handwritten<true>{log, file}.run(); }

void project_analytics_by_hand(const es::EventLog& log, CollectionsFile& file) { Handwritten<false>{log, file}.run(); }

}  // namespace bench
