// libFuzzer: any text as a schema's descriptor. What parses is written back, compared and planned with itself.
#include <eventstore/schema/differences.hpp>
#include <eventstore/schema/resolution_plan.hpp>
#include <eventstore/schema/schema.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace eventstore;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto schema = Schema::parse(text);
  if (!schema) return 0;
  const auto again = Schema::parse(schema->descriptor);
  if (!again || again->descriptor != schema->descriptor || again->id != schema->id) std::abort();
  (void)describe_differences(schema->record_text(), annotated_text(schema->type));
  (void)describe_differences(schema->record_text(), "{a=:text,b~c:[{d:int64}]?,e:map<enum(x|y)>}");
  (void)ResolutionPlan::make(schema->type, schema->type);
  return 0;
}
