#include "support.hpp"

#include <aggregates/contact/contact.hpp>
#include <catch2/catch.hpp>

namespace contact_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Json;
using eventstore::testing::given;

namespace {

const Json vip{R"(["vip"])"};
const CreateContact create{"Ana Silva", "+351 912 345 678", "ana@example.org", Channel::whatsapp, vip};
const ContactCreated created{"Ana Silva", "+351 912 345 678", "ana@example.org", Channel::whatsapp, vip};

const auto when_created = given<Contact>(created);
const auto when_out = given<Contact>(created, ContactOptedOut{Channel::sms, "STOP"});
const auto when_deleted = given<Contact>(created, ContactDeleted{});

template <class Change> ContactDetails details(Change change) {
  ContactDetails made{};
  change(made);
  return made;
}

const auto new_phone = details([](auto& d) { d.phone = "+34 600 000 001"; });

}  // namespace

TEST_CASE("a contact is created once with the form of its data checked", "[contact]") {
  CHECK(given<Contact>().when(create).is(created));
  CHECK(when_created.when(create).is_refused_with("already_exists"));
  const auto refused = [](auto change) {
    auto command = create;
    change(command);
    return given<Contact>().when(command);
  };
  CHECK(refused([](auto& c) { c.name = ""; }).is_refused("name may not be empty"));
  CHECK(refused([](auto& c) { c.phone = "912"; }).is_refused_with("bad_phone"));
  CHECK(refused([](auto& c) { c.phone = ""; }).is_refused_with("bad_phone"));
  CHECK(refused([](auto& c) { c.email = "ana"; }).is_refused_with("bad_email"));
  const auto bare = given<Contact>().when(CreateContact{{}, "+351912345678", {}, Channel::sms, {}}).state();
  CHECK(!bare.name);
  CHECK(bare.channel == Channel::sms);
  CHECK(bare.opted_out.empty());
}

TEST_CASE("a contact's phone is kept in E.164 and history's without a form as it is", "[contact]") {
  CHECK(when_created.state().phone == "+351912345678");
  CHECK(when_created.when(ChangeContact{new_phone}).state().phone == "+34600000001");
  CHECK(when_created.when(ChangeContact{details([](auto& d) { d.phone = "+351-912-345-678"; })}).is_nothing());
  auto odd = created;
  odd.phone = "ask Bea";
  CHECK(history<Contact>(odd).phone == "ask Bea");
}

TEST_CASE("a contact changes in the fields that are given", "[contact]") {
  CHECK(when_created.when(ChangeContact{new_phone}).is(ContactChanged{new_phone}));
  const auto changed = when_created
                           .when(ChangeContact{details([](auto& d) {
                             d.name = "Ana Costa";
                             d.tags = Json{"[]"};
                           })})
                           .state();
  CHECK(changed.name == "Ana Costa");
  CHECK(changed.tags == Json{"[]"});
  CHECK(changed.email == "ana@example.org");
  CHECK(when_created.when(ChangeContact{}).is_refused_with("nothing_to_change"));
  CHECK(when_created.when(ChangeContact{details([](auto& d) { d.name = "Ana Silva"; })}).is_nothing());
  CHECK(when_created.when(ChangeContact{details([](auto& d) { d.name = ""; })}).is_refused_with("empty_text"));
  CHECK(when_created.when(ChangeContact{details([](auto& d) { d.phone = "1"; })}).is_refused_with("bad_phone"));
  CHECK(when_created.when(ChangeContact{details([](auto& d) { d.email = "x"; })}).is_refused_with("bad_email"));
}

TEST_CASE("a contact has the newest conversation", "[contact]") {
  CHECK(when_created.when(LinkContactConversation{"c-1"}).is(ContactConversationLinked{"c-1"}));
  const auto linked = given<Contact>(created, ContactConversationLinked{"c-1"});
  CHECK(linked.when(LinkContactConversation{"c-1"}).is_nothing());
  CHECK(linked.when(LinkContactConversation{"c-2"}).state().conversation_id == "c-2");
  CHECK(linked.when(LinkContactConversation{""}).is_refused_with("empty_text"));
}

TEST_CASE("a contact opts out of one channel and in again", "[contact]") {
  CHECK(when_created.when(OptContactOut{Channel::sms, "STOP"}).is(ContactOptedOut{Channel::sms, "STOP"}));
  CHECK(when_out.state().opted_out == OptedOut{Channel::sms});
  CHECK(when_out.when(OptContactOut{Channel::sms, {}}).is_nothing());
  CHECK(when_out.when(OptContactOut{Channel::voice, {}}).state().opted_out == OptedOut{Channel::sms, Channel::voice});
  CHECK(when_out.when(OptContactIn{Channel::sms, "START"}).is(ContactOptedIn{Channel::sms, "START"}));
  CHECK(when_out.when(OptContactIn{Channel::sms, {}}).state().opted_out.empty());
  CHECK(when_out.when(OptContactIn{Channel::voice, {}}).is_nothing());
}

TEST_CASE("a deleted contact takes no command", "[contact]") {
  CHECK(when_created.when(DeleteContact{"asked for it"}).is(ContactDeleted{"asked for it"}));
  CHECK(when_deleted.when(DeleteContact{}).is_nothing());
  CHECK(when_deleted.when(ChangeContact{new_phone}).is_refused("a deleted contact takes no command"));
  CHECK(when_deleted.when(LinkContactConversation{"c-1"}).is_refused_with("wrong_status"));
  CHECK(when_deleted.when(OptContactOut{Channel::sms, {}}).is_refused_with("wrong_status"));
  CHECK(when_deleted.when(OptContactIn{Channel::sms, {}}).is_refused_with("wrong_status"));
  CHECK(when_deleted.when(create).is_refused_with("already_exists"));
  CHECK(Contact::is_deleted(when_deleted.state()));
  CHECK_FALSE(Contact::is_deleted(when_created.state()));
}

TEST_CASE("what comes before the creation of a contact holds", "[contact][history]") {
  const ContactOptedOut out{Channel::whatsapp, {}};
  const ContactConversationLinked linked{"c-1"};
  const ContactChanged changed{new_phone};
  const auto in_order = history<Contact>(created, changed, linked, out);
  CHECK(history<Contact>(changed, linked, out, created) == in_order);
  CHECK(history<Contact>(out, created, linked, changed, created) == in_order);
  CHECK(in_order.phone == "+34600000001");
  CHECK(in_order.name == "Ana Silva");
  CHECK(!in_order.early);
  CHECK(history<Contact>(ContactDeleted{}, created).deleted);
  CHECK(history<Contact>(changed).early);
}

TEST_CASE("a contact whose later events came first is created by the same command", "[contact][history]") {
  CHECK(given<Contact>(ContactOptedOut{Channel::sms, {}}).when(create).is(created));
  CHECK(given<Contact>(ContactChanged{new_phone}).when(create).state().phone == "+34600000001");
  CHECK(given<Contact>(ContactDeleted{}).when(create).is_refused_with("wrong_status"));
}

}  // namespace contact_test
