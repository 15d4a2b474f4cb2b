# How every target of the project is built, and the one way to declare a layer and a test.

add_library(eventstore_build_options INTERFACE)
target_compile_features(eventstore_build_options INTERFACE cxx_std_20)
target_compile_options(eventstore_build_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(EVENTSTORE_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 warns of what is not there once sanitizers have changed the code it looks at; the other builds hold it to none.
    target_compile_options(eventstore_build_options INTERFACE -Wno-error)
  endif()
  target_compile_options(eventstore_build_options INTERFACE -fsanitize=${EVENTSTORE_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(eventstore_build_options INTERFACE -fsanitize=${EVENTSTORE_SANITIZE})
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# eventstore_layer(NAME SOURCES … [PUBLIC targets…] [PRIVATE targets…]): the static library eventstore_NAME.
function(eventstore_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 LAYER "" "" "SOURCES;PUBLIC;PRIVATE")
  add_library(eventstore_${name} STATIC ${LAYER_SOURCES})
  target_include_directories(eventstore_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include)
  target_compile_features(eventstore_${name} PUBLIC cxx_std_20)
  target_link_libraries(eventstore_${name} PUBLIC ${LAYER_PUBLIC} PRIVATE ${LAYER_PRIVATE} eventstore_build_options)
endfunction()

# eventstore_test(NAME SOURCES … [LINK targets…]): one Catch2 program, its test cases known to ctest one by one.
function(eventstore_test name)
  cmake_parse_arguments(PARSE_ARGV 1 TEST "" "TIMEOUT" "SOURCES;LINK")
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  add_executable(test_${name} ${TEST_SOURCES})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(test_${name} PRIVATE ${TEST_LINK} eventstore_catch_main eventstore_build_options)
  target_precompile_headers(test_${name} REUSE_FROM eventstore_catch_main)
  catch_discover_tests(test_${name} TEST_PREFIX "${name}: " PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS ${name})
endfunction()

# eventstore_source_hash(TARGET NAME files…): gives TARGET the header <source_hash/NAME.hpp>, with a hash of the files'
# tokens in source_hash::NAME. It is made again when one of them changes; comments and layout leave it as it is.
function(eventstore_source_hash target name)
  set(header ${PROJECT_BINARY_DIR}/generated/source_hash/${name}.hpp)
  set(files "")
  foreach(file ${ARGN})
    get_filename_component(file ${file} ABSOLUTE)
    list(APPEND files ${file})
  endforeach()
  add_custom_command(OUTPUT ${header}
                     COMMAND eventstore_source_hash_tool ${header} ${name} ${PROJECT_SOURCE_DIR} ${files}
                     DEPENDS eventstore_source_hash_tool ${files} VERBATIM)
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
