#pragma once
// What one aggregate adds to a document that it shares with others.
#include <string>

namespace eventstore {
inline namespace v1 {

/// Numbers of a document `D`, and the key of that document: those of an order in its customer's document, say.
template <class D> struct Contribution {
  std::string key;
  D document;  ///< written as it is where there is no document of that key
};

}  // namespace v1
}  // namespace eventstore
