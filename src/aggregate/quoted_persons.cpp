#include "quoted_persons.hpp"

#include <eventstore/aggregate/subject_of.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

std::vector<std::string> quoted_persons(Drafts& drafts, const CommandType& command, BytesView data) {
  std::vector<std::string> persons;
  const auto add = [&](std::string person) {
    if (std::find(persons.begin(), persons.end(), person) == persons.end()) persons.push_back(std::move(person));
  };
  for (const auto& draft : drafts.all())
    if (draft.is_read() && has_personal_data(draft.type()))
      add(subject_of(draft.type(), *draft.state(), draft.stream()));
  if (command.schema == nullptr || !drafts.own().is_read()) return persons;
  const auto& own = drafts.own();
  // Data that is no value of the command's schema was refused before.
  const auto values = clear_values(*command.schema, data, subject_of(own.type(), *own.state(), own.stream()));
  if (values)
    for (const auto& value : *values) add(value.subject);
  return persons;
}

}  // namespace v1
}  // namespace eventstore
