# What a project that uses eventstore may call: hashes of its code, and tests over its lock files and its samples.
# These functions are the same in our own build, in a build that has us as a subdirectory, and for the installed library.

# eventstore_source_hash(TARGET NAME files…): gives TARGET the header <source_hash/NAME.hpp>, with a hash of the files'
# tokens in source_hash::NAME. It is made again when one of them changes; comments and layout leave it as it is.
# Where the compiler makes programs for another machine, EVENTSTORE_SOURCE_HASH_TOOL names the tool of this one.
function(eventstore_source_hash target name)
  set(header ${PROJECT_BINARY_DIR}/generated/source_hash/${name}.hpp)
  set(files "")
  foreach(file ${ARGN})
    get_filename_component(file ${file} ABSOLUTE)
    list(APPEND files ${file})
  endforeach()
  set(tool eventstore::source_hash_tool)
  if(EVENTSTORE_SOURCE_HASH_TOOL)
    set(tool ${EVENTSTORE_SOURCE_HASH_TOOL})
  elseif(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(FATAL_ERROR "hashes of code are made by a program that runs during the build: set EVENTSTORE_SOURCE_HASH_TOOL to the "
                        "`source-hash` of an eventstore that is built for this machine")
  elseif(TARGET eventstore_source_hash_tool)
    set(tool eventstore_source_hash_tool)
  endif()
  add_custom_command(OUTPUT ${header} COMMAND ${tool} ${header} ${name} ${PROJECT_SOURCE_DIR} ${files}
                     DEPENDS ${tool} ${files} VERBATIM)
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/generated)
endfunction()

# eventstore_golden_corpus(PROGRAM FOLDER [RETIRED category[.event]…]): a test that PROGRAM, which ends in cli::main, reads
# every sample that FOLDER's <category>/samples have. Samples are found when the test runs, so new ones need no new build.
# RETIRED: what no code reads any more; its samples are still shown by their descriptors. See docs/guide/evolution.md.
function(eventstore_golden_corpus program folder)
  cmake_parse_arguments(PARSE_ARGV 2 CORPUS "" "" "RETIRED")
  get_filename_component(folder ${folder} ABSOLUTE)
  set(retired "")
  foreach(name ${CORPUS_RETIRED})
    list(APPEND retired --retired ${name})
  endforeach()
  set(test "samples: ${program} reads every payload that was ever kept")
  add_test(NAME ${test} COMMAND ${program} --json schema sample --check --samples ${folder} ${retired})
  set_tests_properties(${test} PROPERTIES TIMEOUT 120 LABELS samples)
endfunction()

# eventstore_schema_locks(PROGRAM FOLDER): a test that FOLDER's <category>/schemas.lock of each aggregate of PROGRAM, which ends
# in cli::main, has every schema of today. It changes no file. That each locked schema is still read is checked by the
# compiler: see eventstore/aggregate/lock.hpp.
function(eventstore_schema_locks program folder)
  get_filename_component(folder ${folder} ABSOLUTE)
  set(test "schemas: every schema of ${program} is locked")
  add_test(NAME ${test} COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:${program}> -DFOLDER=${folder}
           -DCOPY=${CMAKE_CURRENT_BINARY_DIR}/${program}-locks
           -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/EventstoreCheckLocks.cmake)
  set_tests_properties(${test} PROPERTIES TIMEOUT 120 LABELS schemas)
endfunction()
