#pragma once
// Names of classes for headers that mention them by reference only, and need nothing else of eventstore for it.
// An aggregate's header uses them: `static void measure(const Deposited&, es::Measurements& to);`.

namespace eventstore {
inline namespace v1 {

class AnyChange;
class AnyOthers;
class AnyState;
class Clock;
class Collections;
class EventTypes;
class EventLog;
class FileSystem;
class Measurements;
class Random;
class SchemaReader;
class Snapshots;
class Store;
class StreamId;

struct AggregateType;
struct AuditLine;
struct Context;
struct Error;
struct Metadata;
struct Model;
struct ProjectionType;
struct Timestamp;

template <class A> struct Change;
template <class D> class Operations;
template <class... Aggregates> class Keys;
template <class... Aggregates> class Others;

}  // namespace v1
}  // namespace eventstore
