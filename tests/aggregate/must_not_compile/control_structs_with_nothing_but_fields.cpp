// compiles
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Audited {
  static constexpr std::string_view audit_action = "open";
  friend bool operator==(const Audited&, const Audited&) = default;
};
struct Tagged {
  friend bool operator==(const Tagged&, const Tagged&) = default;
};
struct Cash {
  EVENTSTORE_FIELDS(Cash);
};
struct Price {
  Price() = default;
  explicit Price(std::int64_t its_cents) : cents{its_cents} {}
  EVENTSTORE_FIELDS(Price, (std::int64_t, cents), (bool, gross));
};
using Payment = std::variant<Cash, Price>;
struct Opened : Audited, Tagged {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (bool, joint), (std::optional<Price>, price));
  static constexpr int limit = 5;
  [[nodiscard]] bool is_joint() const { return joint; }
};
struct Closed : Audited {
  EVENTSTORE_EVENT(Closed, "AccountClosed");
};
struct Paid {
  EVENTSTORE_EVENT(Paid, "AccountPaid", (bool, a), (es::Json, data), (Cash, cash), (Payment, payment), (float, rate),
                   (es::Map<std::int64_t>, counts), (es::Uuid, id), (std::int64_t, cents), (bool, b));
};
struct alignas(64) Aligned {
  EVENTSTORE_FIELDS(Aligned, (std::int64_t, cents));
};
struct Renamed {
  EVENTSTORE_FIELDS(Renamed, (std::string, phone, , es::was("telephone")), (Price, price, , es::flattened),
                    (Cash, cash, , es::also_read_flat));
};
template <class Place> struct Moved { EVENTSTORE_FIELDS(Moved, (Place, place)); };

const es::Schema& schema = es::schema_of<Moved<std::string>>();
