#include <eventstore/app/known_settings.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace eventstore::app {
namespace {

constexpr std::string_view with_server = "the server";
constexpr std::string_view with_mongodb = "MongoDB";
constexpr std::string_view with_backups = "scheduled backups";

constexpr std::array table_of_settings{
    KnownSetting{"EVENTSTORE_DIR", "./eventstore-data", "Directory of the store", "", false, 0, 0},
    KnownSetting{"EVENTSTORE_MASTER_KEY_FILE", "keys/master.key of the store",
                 "File with the master key; it counts before EVENTSTORE_MASTER_KEY", "", false, 0, 0},
    KnownSetting{"EVENTSTORE_MASTER_KEY", "",
                 "The master key itself: 64 hexadecimal digits, or 44 characters of base64", "", true, 0, 0},
    KnownSetting{"DB_LOG_BATCH_SIZE", "10", "Documents that a worker writes at once while it follows the log", "",
                 false, 1, 1'000'000},
    KnownSetting{"DB_MAX_RETRIES", "3", "How often a worker or a reaction tries again at once what failed", "", false,
                 0, 1000},
    KnownSetting{"DB_RETRY_DELAY", "1000", "Milliseconds before the first of these tries; each later one waits longer",
                 "", false, 1, 3'600'000},
    KnownSetting{"EVENTSTORE_KEEP_<COLLECTION>", "as the collection has it",
                 "Days that documents of the collection live, 0: for ever; the default counts with --expire alone", "",
                 false, 0, 36'500},
    KnownSetting{"EVENTSTORE_TIMEZONE", "UTC", "Zone in which a day of an appointment begins, like Europe/Berlin", "",
                 false, 0, 0},
    KnownSetting{"EVENTSTORE_TIMEZONE_<ORGANIZATION>", "EVENTSTORE_TIMEZONE", "The same for one organization", "",
                 false, 0, 0},
    KnownSetting{"MONGODB_URI", "", "Address of MongoDB", with_mongodb, true, 0, 0},
    KnownSetting{"MONGODB_DATABASE", "the path of MONGODB_URI, else eventstore", "Name of the database", with_mongodb,
                 false, 0, 0},
    KnownSetting{"MONGODB_DB", "MONGODB_DATABASE", "Another spelling of MONGODB_DATABASE", with_mongodb, false, 0, 0},
    KnownSetting{"MONGODB_COLLECTION_AUDIT", "appointment_audit_log", "Name of that collection", with_mongodb, false, 0,
                 0},
    KnownSetting{"MONGODB_COLLECTION_METRICS", "system_metrics", "Name of that collection", with_mongodb, false, 0, 0},
    KnownSetting{"DB_CONNECTION_POOL_SIZE", "10", "Largest number of connections", with_mongodb, false, 1, 10'000},
    KnownSetting{"MAX_POOL_SIZE", "DB_CONNECTION_POOL_SIZE", "Another spelling of DB_CONNECTION_POOL_SIZE",
                 with_mongodb, false, 1, 10'000},
    KnownSetting{"MIN_POOL_SIZE", "0", "Smallest number of connections", with_mongodb, false, 0, 10'000},
    KnownSetting{"DB_CONNECTION_TIMEOUT", "5000", "Milliseconds to connect and to choose a server", with_mongodb, false,
                 1, 3'600'000},
    KnownSetting{"DB_OPERATION_TIMEOUT", "30000", "Milliseconds for one operation", with_mongodb, false, 1, 3'600'000},
    KnownSetting{"API_BASE_URL", "the same origin", "Base of the addresses that the web page calls", with_server, false,
                 0, 0},
    KnownSetting{"EVENTSTORE_PUBLIC_URL", "", "Address of the server as other services call it", with_server, false, 0,
                 0},
    KnownSetting{"EVENTSTORE_CORS_ORIGINS", "", "Origins whose pages may call the server", with_server, false, 0, 0},
    KnownSetting{"EVENTSTORE_ALLOW_ADDRESSES", "all", "Addresses that may connect to the server", with_server, false, 0,
                 0},
    KnownSetting{"EVENTSTORE_TLS_CERT", "", "File with the server's certificate", with_server, false, 0, 0},
    KnownSetting{"EVENTSTORE_TLS_KEY", "", "File with the key of the certificate", with_server, false, 0, 0},
    KnownSetting{"TWILIO_AUTH_TOKEN", "", "Token that signs Twilio's callbacks; without it they are off", with_server,
                 true, 0, 0},
    KnownSetting{"ELEVENLABS_WEBHOOK_SECRET", "", "Secret that signs callbacks of ElevenLabs; without it they are off",
                 with_server, true, 0, 0},
    KnownSetting{"WHATSAPP_VERIFY_TOKEN", "", "Token by which WhatsApp makes sure of the server", with_server, true, 0,
                 0},
    KnownSetting{"WHATSAPP_APP_SECRET", "", "Secret that signs callbacks of WhatsApp; without it they are off",
                 with_server, true, 0, 0},
    KnownSetting{"EVENTSTORE_BACKUP_EVERY", "", "Time between two backups", with_backups, false, 0, 0},
    KnownSetting{"EVENTSTORE_BACKUP_TO", "", "Directory of the backups", with_backups, false, 0, 0},
    KnownSetting{"EVENTSTORE_BACKUP_KEY", "", "Key that encrypts the backups", with_backups, true, 0, 0},
};

}  // namespace

std::span<const KnownSetting> known_settings() { return table_of_settings; }

std::string_view prefix_of(const KnownSetting& setting) {
  const auto open = setting.name.find('<');
  return open == std::string_view::npos ? std::string_view{} : setting.name.substr(0, open);
}

const KnownSetting* find_known_setting(std::string_view name) {
  for (const auto& setting : table_of_settings) {
    const auto prefix = prefix_of(setting);
    if (prefix.empty() ? name == setting.name : name.size() > prefix.size() && name.starts_with(prefix))
      return &setting;
  }
  return nullptr;
}

std::string keep_setting_of(std::string_view collection) {
  std::string name{"EVENTSTORE_KEEP_"};
  for (const char letter : collection)
    name += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return name;
}

Result<std::uint64_t> number_of_setting(const KnownSetting& setting, std::string_view name, std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc{} && end == text.data() + text.size() && number >= setting.least && number <= setting.most)
    return number;
  return failure(Errc::invalid_argument, "read settings", std::string{name},
                 fmt::format("\"{}\" is no whole number from {} to {}", text, setting.least, setting.most));
}

}  // namespace eventstore::app
