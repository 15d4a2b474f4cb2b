# Makes the page's parts as C++ of the files in page/: cmake -DPAGE=… -DSCRIPTS=… -DOUTPUT=… -P page.cmake
# The page allows the script and the style by their SHA-256 alone, so the digests are made here, of the very text that the page
# has between its tags.

# The digest of TEXT as a Content-Security-Policy names it.
function(source_of text result)
  string(SHA256 digest "${text}")
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(base64 "")
  foreach(from RANGE 0 63 6)
    string(SUBSTRING "${digest}00" ${from} 6 three_bytes)
    foreach(shift 18 12 6 0)
      math(EXPR place "(0x${three_bytes} >> ${shift}) & 63")
      string(SUBSTRING "${alphabet}" ${place} 1 letter)
      string(APPEND base64 "${letter}")
    endforeach()
  endforeach()
  # 32 bytes are 43 letters and one that fills up.
  string(SUBSTRING "${base64}" 0 43 base64)
  set(${result} "'sha256-${base64}='" PARENT_SCOPE)
endfunction()

file(READ ${PAGE}/page.html page)
file(READ ${PAGE}/page.css style)
set(script "\n")
string(REPLACE "," ";" SCRIPTS "${SCRIPTS}")
foreach(name IN LISTS SCRIPTS)
  file(READ ${PAGE}/${name} text)
  string(APPEND script "${text}\n")
endforeach()
set(style "\n${style}")
source_of("${style}" style_source)
source_of("${script}" script_source)
string(REPLACE "@STYLE@" "${style}" page "${page}")
string(REPLACE "@STYLE_SOURCE@" "${style_source}" page "${page}")
string(REPLACE "@SCRIPT_SOURCE@" "${script_source}" page "${page}")
string(REPLACE "@SCRIPT@" "${script}" page "${page}")

string(FIND "${page}" "@DATA@" data)
string(SUBSTRING "${page}" 0 ${data} before)
math(EXPR data "${data} + 6")
string(SUBSTRING "${page}" ${data} -1 after)
file(WRITE ${OUTPUT} "// Made of src/history/report/page/ by page.cmake.
#include <string_view>

namespace eventstore {
inline namespace v1 {

extern const std::string_view page_before_data = R\"PAGE(${before})PAGE\";
extern const std::string_view page_after_data = R\"PAGE(${after})PAGE\";

}  // namespace v1
}  // namespace eventstore
")
