#pragma once
// The address of a MongoDB database: `mongodb://user:password@host:port/database?options`, and what may be shown of it.
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>

namespace eventstore::mongo {

/// Whether `text` means MongoDB rather than a directory: it begins with `mongodb://` or `mongodb+srv://`.
[[nodiscard]] bool is_address(std::string_view text);

/// A checked address. It has a password, so it is printed by shown() alone.
class Address {
 public:
  /// `database` counts where the address has no path. Asks no server. `mongodb+srv://` is looked up by the pool.
  /// Errors, none of which quotes the address: invalid_argument, for a text that is no address, that still has the
  /// `<password>` of a template, or that has a character which must be written as a percent sign and two digits.
  static Result<Address> parse(std::string_view text, std::string_view database = "eventstore");

  /// The whole address, password and all: for the driver alone.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::string& database() const { return database_; }
  /// Servers and database, without user, password and options: `mongodb://a:27017,b:27017/shop`.
  [[nodiscard]] const std::string& shown() const { return shown_; }

 private:
  Address(std::string text, std::string database, std::string shown)
      : text_{std::move(text)}, database_{std::move(database)}, shown_{std::move(shown)} {}

  std::string text_;
  std::string database_;
  std::string shown_;
};

}  // namespace eventstore::mongo
