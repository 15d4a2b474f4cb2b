#pragma once
// How a contact is reached; one vocabulary for campaigns and the conversations that come of them.
#include <eventstore/schema/enum.hpp>

namespace domain {

EVENTSTORE_ENUM(Channel, whatsapp, sms, voice);

}  // namespace domain
