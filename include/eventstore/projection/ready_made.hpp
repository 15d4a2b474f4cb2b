#pragma once
// Collections that every domain may have by one line each: `es::events()`, `es::audit_logs()`, `es::analytics()` and
// `es::documents<Account>("accounts")`.
#include <eventstore/projection/ready_made/aggregate_documents.hpp>
#include <eventstore/projection/ready_made/analytics.hpp>
#include <eventstore/projection/ready_made/audit_logs.hpp>
#include <eventstore/projection/ready_made/events.hpp>
