#pragma once
// The encryption of one event: first whose keys it needs, then its stored form.
#include <eventstore/security/value_cipher.hpp>

#include "encrypted_form.hpp"
#include "encrypted_places.hpp"
#include "subject_ciphers.hpp"

namespace eventstore::security {

/// What is authenticated with a message, in `out`, which is emptied first.
void write_context(std::string_view stream, const EventId& id, std::string_view type, const MessageView& message,
                   Bytes& out);

/// Lifetime: borrows the event and its schema.
class EventEncryption {
 public:
  /// Errors: as ValueCipher::encrypt.
  static Result<EventEncryption> of(const ClearEvent& event);

  /// Appends the subjects of the event, each once.
  void add_subjects(std::vector<Subject>& to) const;
  [[nodiscard]] std::size_t subjects() const { return messages_.size(); }

  /// The stored form; `held` has the keys of the subjects in the order of add_subjects.
  [[nodiscard]] EncryptedEvent run(std::span<const SubjectCipher> held) &&;

 private:
  struct Value {
    ValuePlace place;
    std::string path;
    BytesView clear;
  };
  struct Message {
    std::string subject;
    std::vector<Value> values;
  };
  explicit EventEncryption(const NewEvent& event) : event_{&event} {}
  void add_data(const std::vector<EncryptedPlace>& places, std::string_view subject);
  void add_metadata(std::string_view subject);
  Message& message_of(std::string_view subject);
  void append(const Message& message, const SubjectCipher& held, Bytes& out) const;

  const NewEvent* event_;
  std::vector<Message> messages_;
  Bytes blank_data_;  // empty where no value of the data is encrypted
  bool has_blank_data_ = false;
};

}  // namespace eventstore::security
