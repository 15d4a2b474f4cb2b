#pragma once
// Documents to be asked for, wrongly.
#include <eventstore/collections/documents_of.hpp>
#include <string>

namespace es = eventstore;

struct Wrapping {
  EVENTSTORE_FIELDS(Wrapping, (std::string, material), (bool, fragile));
};
struct Parcel {
  EVENTSTORE_FIELDS(Parcel, (std::string, status), (std::int64_t, cents), (es::Timestamp, created_at),
                    (Wrapping, wrapping));
};
struct Balance {
  EVENTSTORE_FIELDS(Balance, (std::int64_t, cents));
};
