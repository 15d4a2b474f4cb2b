# Does what docs/start/first-aggregate.md says, word for word: its files, its build, its tests, its commands.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
file(READ ${SOURCE}/docs/start/first-aggregate.md page)

# code_after(OUTPUT WORDS): the code of the first block after WORDS.
function(code_after output words)
  string(FIND "${page}" "${words}" at)
  if(at GREATER -1)
    string(SUBSTRING "${page}" ${at} -1 rest)
  endif()
  if(NOT rest MATCHES "\n```[a-z]+\n([^`]*)\n```")
    message(FATAL_ERROR "the page has no block of code after: ${words}")
  endif()
  set(${output} "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()

foreach(file CMakeLists.txt garage.hpp main.cpp garage_test.cpp)
  code_after(code "`${file}`")
  file(WRITE ${WORK}/parking/${file} "${code}\n")
endforeach()
configure(said ${WORK}/parking ${WORK}/parking/build ${GENERATOR} -DCMAKE_PREFIX_PATH=${PREFIX} "-DCMAKE_CXX_FLAGS=${strict}")
run(said ${CMAKE_COMMAND} --build ${WORK}/parking/build)
run(said ctest --test-dir ${WORK}/parking/build --output-on-failure)
must_contain("${said}" "100% tests passed, 0 tests failed out of 1")

# Each command succeeds, but for the one that the page says is refused.
code_after(commands "## 6. Use it")
string(REPLACE "build/parking execute garage-north enter '{\"plate\":\"C 3\"}'" "! build/parking execute garage-north enter '{\"plate\":\"C 3\"}'"
       commands "${commands}")
file(WRITE ${WORK}/parking/commands "set -e\n${commands}\n")
run(said ${CMAKE_COMMAND} -E chdir ${WORK}/parking bash -x commands)
must_contain("${said}" "the garage is full")
must_contain("${said}" "\"plates\":[\"A 1\",\"B 2\"]")
must_contain("${said}" "free_places")
must_contain("${said}" "north|2|1")
