#pragma once
// Private to the report: the page's parts, which the build makes of the files in page/.
#include <string_view>

namespace eventstore {
inline namespace v1 {

extern const std::string_view page_before_data;
extern const std::string_view page_after_data;

}  // namespace v1
}  // namespace eventstore
