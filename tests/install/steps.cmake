# What the scripts of this folder share. Each works in a folder of its own, outside of our source tree.
get_filename_component(name ${CMAKE_SCRIPT_MODE_FILE} NAME_WE)
set(WORK ${BUILT}/tests/install/${name}${HOW})
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
set(strict "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror")

# run(OUTPUT command…): fails with what the command said where it fails; its standard output in OUTPUT.
function(run output)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE out ERROR_VARIABLE said)
  if(failed)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nfailed (${failed}):\n${out}${said}")
  endif()
  set(${output} "${out}${said}" PARENT_SCOPE)
endfunction()

function(must_contain text wanted)
  string(FIND "${text}" "${wanted}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "expected to read\n  ${wanted}\nin\n${text}")
  endif()
endfunction()

# configure(OUTPUT SOURCE BUILD GENERATOR options…)
function(configure output source build generator)
  run(said ${CMAKE_COMMAND} -S ${source} -B ${build} -G ${generator} -DCMAKE_CXX_COMPILER=${COMPILER} -DBoost_DIR=${BOOST}
      -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g0" --no-warn-unused-cli ${ARGN})
  set(${output} "${said}" PARENT_SCOPE)
endfunction()

# The account of the README: opened, filled, emptied, replayed, projected.
function(use_account program)
  set(account ${program} --json --store ${WORK}/store)
  run(opened ${account} execute account-ada open {"owner":"Ada"})
  run(paid ${account} execute account-ada deposit {"cents":2000})
  run(taken ${account} execute account-ada withdraw {"cents":700})
  must_contain("${taken}" "\"MoneyWithdrawn\"")
  run(state ${account} state account-ada)
  must_contain("${state}" "\"cents\":1300")
  run(projected ${account} project run)
  must_contain("${projected}" "\"events\":3")
endfunction()
