#include "support.hpp"

#include <aggregates/customer/customer.hpp>
#include <catch2/catch.hpp>
#include <eventstore/schema/codec.hpp>

namespace customer_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

CustomerPreferences wishes() {
  CustomerPreferences made{};
  made.preferred_times = {"09:00-12:00", "14:00-17:00"};
  made.preferred_days = {Weekday::monday, Weekday::friday};
  made.delivery_instructions = "ring twice";
  return made;
}

const RegisterCustomer introduce{"John Doe", "+1234567891", "john@example.com", "123 Main St", wishes()};
const CustomerRegistered registered{"John Doe", "+1234567891", "john@example.com", "123 Main St", wishes()};

const auto when_registered = given<Customer>(registered);
const auto when_erased = given<Customer>(registered, CustomerErased{});

template <class Change> auto changing(Change change) {
  ChangeCustomerPreferences command{wishes()};
  change(command.preferences);
  return when_registered.when(command);
}

}  // namespace

TEST_CASE("a customer is registered once, with the form of its data checked", "[customer]") {
  CHECK(given<Customer>().when(introduce).is(registered));
  CHECK(when_registered.when(introduce).is_refused_with("already_exists"));
  const auto refused = [](auto change) {
    auto command = introduce;
    change(command);
    return given<Customer>().when(command);
  };
  CHECK(refused([](auto& c) { c.name.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.phone = "none"; }).is_refused_with("bad_phone"));
  CHECK(refused([](auto& c) { c.email = "none"; }).is_refused_with("bad_email"));
  CHECK(refused([](auto& c) { c.address = ""; }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.preferences->timezone = ""; }).is_refused_with("bad_timezone"));
  const auto bare = given<Customer>().when(RegisterCustomer{"John Doe", "+1234567891", {}, {}, {}}).state();
  CHECK(!bare.email);
  CHECK(bare.preferences == CustomerPreferences{});
  CHECK(bare.preferences.timezone == "America/New_York");
}

TEST_CASE("a customer's profile changes in the fields that are given", "[customer]") {
  CHECK(when_registered.when(ChangeCustomerProfile{{}, {}, {}, "9 Elm St"})
            .is(CustomerProfileChanged{{}, {}, {}, "9 Elm St"}));
  const auto changed = when_registered.when(ChangeCustomerProfile{"Jo", "+1234567892", {}, {}}).state();
  CHECK(changed.name == "Jo");
  CHECK(changed.phone == "+1234567892");
  CHECK(changed.email == "john@example.com");
  CHECK(when_registered.when(ChangeCustomerProfile{"John Doe", {}, "john@example.com", {}}).is_nothing());
  CHECK(when_registered.when(ChangeCustomerProfile{}).is_refused_with("nothing_to_change"));
  CHECK(when_registered.when(ChangeCustomerProfile{{}, "1", {}, {}}).is_refused_with("bad_phone"));
  CHECK(when_registered.when(ChangeCustomerProfile{{}, {}, "x", {}}).is_refused_with("bad_email"));
}

TEST_CASE("new preferences take the place of all earlier ones", "[customer]") {
  CHECK(changing([](auto&) {}).is_nothing());
  CHECK(changing([](auto& p) { p.contact_method = ContactMethod::sms; }).state().preferences.contact_method ==
        ContactMethod::sms);
  const ChangeCustomerPreferences none{};
  CHECK(when_registered.when(none).is(CustomerPreferencesChanged{}));
  CHECK(when_registered.when(none).state().preferences == CustomerPreferences{});
}

TEST_CASE("preferences stand in the event as its own fields", "[customer]") {
  CHECK(
      eventstore::to_json(CustomerPreferencesChanged{wishes()}) ==
      R"({"preferred_times":["09:00-12:00","14:00-17:00"],"preferred_days":["monday","friday"],)"
      R"("delivery_instructions":"ring twice","contact_method":"call","language":"en","timezone":"America/New_York"})");
}

TEST_CASE("preferred times are spans of one day", "[customer]") {
  const auto is_fit = [](std::string span) {
    return !changing([&](auto& p) { p.preferred_times = {span}; }).is_refused_with("bad_time");
  };
  for (const auto* const span : {"00:00-24:00", "09:05-09:06", "23:59-24:00"}) {
    CAPTURE(span);
    CHECK(is_fit(span));
  }
  for (const auto* const span : {"", "9:00-12:00", "09:00-12:00 ", "09:00", "12:00-09:00", "09:00-09:00", "09:60-10:00",
                                 "09:00-24:01", "09:00-25:00", "a9:00-12:00", "09.00-12.00", "09:00/12:00"}) {
    CAPTURE(span);
    CHECK_FALSE(is_fit(span));
  }
}

TEST_CASE("days, language and time zone of preferences have their form", "[customer]") {
  CHECK(changing([](auto& p) {
          p.preferred_days = {Weekday::monday, Weekday::sunday, Weekday::monday};
        }).is_refused_with("bad_days"));
  for (const auto* const zone : {"UTC", "Europe/Lisbon", "America/Argentina/Buenos_Aires", "Etc/GMT+5"}) {
    CAPTURE(zone);
    CHECK(!changing([&](auto& p) { p.timezone = zone; }).is_refused());
  }
  for (const auto* const zone : {"", "/", "Europe/", "/Lisbon", "Europe//Lisbon", "Europe/New York", "+01:00"}) {
    CAPTURE(zone);
    CHECK(changing([&](auto& p) { p.timezone = zone; }).is_refused_with("bad_timezone"));
  }
  CHECK(changing([](auto& p) { p.timezone = std::string(65, 'a'); }).is_refused_with("bad_timezone"));
  for (const auto* const language : {"fr", "pt-BR", "zh-Hant-TW"}) {
    CAPTURE(language);
    CHECK(!changing([&](auto& p) { p.language = language; }).is_refused());
  }
  for (const auto* const language : {"", "e", "1n", "en-", "en_US", "en-toolongpart"}) {
    CAPTURE(language);
    CHECK(changing([&](auto& p) { p.language = language; }).is_refused_with("bad_language"));
  }
}

TEST_CASE("an erased customer is nobody, and takes no command", "[customer]") {
  CHECK(when_registered.when(EraseCustomer{}).is(CustomerErased{}));
  CHECK(when_erased.when(EraseCustomer{}).is_nothing());
  CHECK(when_erased.when(introduce).is_refused_with("already_exists"));
  CHECK(when_erased.when(ChangeCustomerProfile{"Jo", {}, {}, {}}).is_refused("the customer is erased"));
  CHECK(when_erased.when(ChangeCustomerPreferences{}).is_refused("the customer is erased"));
  CustomerState nobody{};
  nobody.erased_at = second(2);
  CHECK(history<Customer>(registered, CustomerErased{}) == nobody);
}

TEST_CASE("history after an erasure brings nothing of the customer back", "[customer][history]") {
  const auto erased = history<Customer>(registered, CustomerErased{});
  CHECK(history<Customer>(registered, CustomerErased{}, registered, CustomerProfileChanged{"Jo", {}, {}, {}},
                          CustomerPreferencesChanged{wishes()}, CustomerErased{}) == erased);
}

}  // namespace customer_test
