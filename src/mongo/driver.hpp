#pragma once
// The one place that starts libmongoc, and its handles with owners. Private to what keeps its data in MongoDB.
#include <mongoc/mongoc.h>
#include <memory>

namespace eventstore::mongo {

/// Starts libmongoc once in a process; it ends with the process. libmongoc's own messages, which may quote an address
/// with its password, are printed nowhere. Threads: any.
void start_driver();

struct DestroyUri {
  void operator()(mongoc_uri_t* uri) const { mongoc_uri_destroy(uri); }
};
struct DestroyPool {
  void operator()(mongoc_client_pool_t* pool) const { mongoc_client_pool_destroy(pool); }
};
struct DestroyReadConcern {
  void operator()(mongoc_read_concern_t* concern) const { mongoc_read_concern_destroy(concern); }
};
struct DestroyWriteConcern {
  void operator()(mongoc_write_concern_t* concern) const { mongoc_write_concern_destroy(concern); }
};

using Uri = std::unique_ptr<mongoc_uri_t, DestroyUri>;

/// A document of BSON that is freed at its end.
class Document {
 public:
  Document() { bson_init(&document_); }
  ~Document() { bson_destroy(&document_); }
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] bson_t* get() { return &document_; }
  [[nodiscard]] const bson_t* get() const { return &document_; }

 private:
  bson_t document_;
};

}  // namespace eventstore::mongo
