#pragma once
// The data of one event with codes for its personal values: first whose keys it needs, then its text.
#include <eventstore/security/value_cipher.hpp>

#include "encrypted_places.hpp"
#include "subject_ciphers.hpp"

namespace eventstore::security {

/// Lifetime: borrows the event and its schema.
class DataCoding {
 public:
  /// Errors: as encrypted_places.
  static Result<DataCoding> of(const ClearEvent& event);

  /// Appends the subjects of the data, each once.
  void add_subjects(std::vector<Subject>& to) const;
  [[nodiscard]] std::size_t subjects() const { return subjects_.size(); }

  /// `held` has the keys of the subjects in the order of add_subjects.
  [[nodiscard]] CodedData run(std::span<const SubjectCipher> held) const;

 private:
  struct Place {
    std::size_t offset;
    std::size_t subject;  // in subjects_
  };
  explicit DataCoding(const ClearEvent& event) : event_{event} {}
  std::size_t subject_of(std::string_view id);

  ClearEvent event_;
  std::vector<std::string> subjects_;
  std::vector<Place> places_;  // of values that say something, ascending
};

}  // namespace eventstore::security
