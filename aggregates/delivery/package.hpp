#pragma once
// What is delivered.
#include <eventstore/schema/fields.hpp>

#include <optional>
#include <string>

namespace domain {

/// Centimetres.
struct Dimensions {
  EVENTSTORE_FIELDS(Dimensions, (std::optional<double>, length), (std::optional<double>, width),
                    (std::optional<double>, height));
};

/// Weight in kilograms; value in the customer's currency. Carriers give the dimensions flat, so both forms are read.
struct PackageDetails {
  EVENTSTORE_FIELDS(PackageDetails, (std::optional<double>, weight),
                    (std::optional<Dimensions>, dimensions, , eventstore::also_read_flat),
                    (std::optional<double>, value), (bool, fragile, false), (bool, signature_required, false),
                    (std::optional<std::string>, special_instructions, , eventstore::personal));
};

}  // namespace domain
