#pragma once
// Structs with the kinds of field that samples.hpp does not have: durations, arrays, sets and variants.
#include <eventstore/schema/codec.hpp>

namespace kinds {

namespace es = eventstore;
using namespace std::chrono_literals;
using std::string;

EVENTSTORE_ENUM(Colour, red, green, blue);

struct Card {
  EVENTSTORE_FIELDS(Card, (string, number), (std::int8_t, year, 30));
};
struct Cash {
  EVENTSTORE_FIELDS(Cash);
};
struct Voucher {
  EVENTSTORE_FIELDS(Voucher, (std::optional<string>, code));
};
using Payment = std::variant<Cash, Card, Voucher>;
using Corner = std::array<double, 2>;
using Triangle = std::array<Corner, 3>;
using Payments = std::vector<Payment>;

struct Ordered {
  EVENTSTORE_EVENT(Ordered, "Ordered", (std::chrono::nanoseconds, nanos), (std::chrono::microseconds, micros),
                   (std::chrono::milliseconds, millis), (std::chrono::seconds, secs), (std::chrono::minutes, mins),
                   (std::chrono::hours, hrs), (std::chrono::days, ds), (Triangle, shape), (std::set<string>, tags),
                   (std::set<std::int16_t>, numbers), (std::set<Colour>, colours),
                   (std::set<std::chrono::minutes>, reminders), (Payment, payment), (Payments, others),
                   (std::optional<Payment>, refund), (std::optional<std::chrono::seconds>, within));
};

inline Ordered example() {
  Ordered all{};
  all.nanos = -1ns;
  all.micros = 2us;
  all.millis = 3ms;
  all.secs = 4s;
  all.mins = 5min;
  all.hrs = 6h;
  all.ds = std::chrono::days{7};
  all.shape = {{{0, 0}, {1, 0}, {0.5, -1}}};
  all.tags = {"late", "", "glass"};
  all.numbers = {3, -300, 20};
  all.colours = {Colour::blue, Colour::red};
  all.reminders = {10min, -5min};
  all.payment = Card{"42", 31};
  all.others = {Cash{}, Voucher{"v"}, Voucher{}};
  all.refund = Cash{};
  return all;
}

}  // namespace kinds
