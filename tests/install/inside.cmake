# We are part of somebody's project. Its program is compiled and linked as its own build would; our libraries, which its build would
# make too, are those that our build has made already, put where it looks for them.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
configure(said ${SOURCE}/tests/install/inside ${WORK} "Unix Makefiles" -DHOW=${HOW} -DEVENTSTORE_SOURCE=${SOURCE}
          "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wconversion")
file(GLOB_RECURSE libraries RELATIVE ${BUILT}/src ${BUILT}/src/libeventstore_*.a)
set(ours ${WORK}/eventstore)
if(HOW STREQUAL FetchContent)
  set(ours ${WORK}/_deps/eventstore-build)
endif()
foreach(library ${libraries})
  configure_file(${BUILT}/src/${library} ${ours}/src/${library} COPYONLY)
endforeach()
run(said ${CMAKE_COMMAND} --build ${WORK} --target account/fast)
use_account(${WORK}/account)

# Our warnings are errors for us alone.
file(STRINGS ${WORK}/compile_commands.json commands REGEX "\"command\".*-Werror")
if(commands)
  message(FATAL_ERROR "a warning would be an error in:\n${commands}")
endif()
