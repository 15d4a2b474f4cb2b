# How every target of the project is built, and the one way to declare a layer and a test.

# For our own sources alone: nothing of it reaches a program that links the library.
add_library(eventstore_build_options INTERFACE)
target_compile_features(eventstore_build_options INTERFACE cxx_std_20)
target_compile_options(eventstore_build_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion
                       $<$<BOOL:${EVENTSTORE_WERROR}>:-Werror>)
# A source that is compiled with others sees their names, too, and is no main file.
set(together $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)
target_compile_options(eventstore_build_options INTERFACE $<$<NOT:${together}>:-Wshadow>
                       $<$<AND:${together},$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # At -O3, g++ 12 takes the copies within an assigned std::string for overlapping ones (https://gcc.gnu.org/PR105651).
  target_compile_options(eventstore_build_options INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()
if(EVENTSTORE_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 warns of what is not there once sanitizers have changed the code it looks at; the other builds hold it to none.
    target_compile_options(eventstore_build_options INTERFACE -Wno-error)
  endif()
  target_compile_options(eventstore_build_options INTERFACE -fsanitize=${EVENTSTORE_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(eventstore_build_options INTERFACE -fsanitize=${EVENTSTORE_SANITIZE})
endif()

# Links programs of tests in half the time. Sanitizers of clang++ have symbols that it warns of.
find_program(EVENTSTORE_GOLD ld.gold)
mark_as_advanced(EVENTSTORE_GOLD)
if(EVENTSTORE_GOLD AND CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT EVENTSTORE_SANITIZE)
  target_link_options(eventstore_build_options INTERFACE -fuse-ld=gold)
endif()

# The variables of this folder and those below; a project that has us as a subdirectory keeps its own.
set(CMAKE_CXX_EXTENSIONS OFF)
if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
  endif()
endif()

# TARGET takes the precompiled header of OWNER. The macros that the packages of that header define must be the same in both.
function(eventstore_reuse_precompiled target owner)
  target_precompile_headers(${target} REUSE_FROM ${owner})
  foreach(package Boost::headers tl::expected cereal::cereal fmt::fmt)
    target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:${package},INTERFACE_COMPILE_DEFINITIONS>)
  endforeach()
endfunction()

# eventstore_precompile(TARGET [HEADER]): in our own builds for tests, TARGET takes a precompiled header: cmake/prelude/HEADER.hpp,
# by default prelude.hpp, or domain.hpp, which most sources of the upper layers include one way or another. All other builds
# compile each source alone, which shows that the source includes the headers that it uses. There is one precompiled header for
# each set of compile options, because a compiler takes no other.
function(eventstore_precompile target)
  if(NOT PROJECT_IS_TOP_LEVEL OR NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    return()
  endif()
  set(header prelude ${ARGN})
  list(GET header -1 header)
  get_directory_property(options COMPILE_OPTIONS)
  string(MAKE_C_IDENTIFIER "eventstore_${header}${options}" prelude)
  if(NOT TARGET ${prelude})
    add_library(${prelude} STATIC ${eventstore_SOURCE_DIR}/cmake/prelude/prelude.cpp)
    target_include_directories(${prelude} PRIVATE ${eventstore_SOURCE_DIR}/include)
    target_link_libraries(${prelude} PRIVATE eventstore_build_options Boost::headers tl::expected cereal::cereal fmt::fmt)
    target_precompile_headers(${prelude} PRIVATE ${eventstore_SOURCE_DIR}/cmake/prelude/${header}.hpp)
  endif()
  eventstore_reuse_precompiled(${target} ${prelude})
endfunction()

# eventstore_compile_together(TARGET): builds where only the whole counts compile eight of its sources as one, in less than half
# the time. No two sources of a target have names of their own that are the same: a test's file has a namespace of its name.
function(eventstore_compile_together target)
  if(EVENTSTORE_TOGETHER)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
endfunction()

# eventstore_layer(NAME [INTERNAL] [DOMAIN] SOURCES … [PUBLIC targets…] [PRIVATE targets…]): the static library
# eventstore_NAME. It is installed as the component NAME, which programs link as eventstore::NAME; the engine collections_sqlite is
# called `sqlite`. INTERNAL: part of the build alone. DOMAIN: with the precompiled domain.hpp.
function(eventstore_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 LAYER "INTERNAL;DOMAIN" "" "SOURCES;PUBLIC;PRIVATE")
  set(target eventstore_${name})
  add_library(${target} STATIC ${LAYER_SOURCES})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${eventstore_SOURCE_DIR}/include>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  # What only our build needs is left out of what a program links.
  set(private eventstore_build_options)
  set(linked "")
  foreach(dependency IN LISTS LAYER_PRIVATE)
    eventstore_package_of(${dependency} package needed)
    if(package AND NOT needed STREQUAL library)
      list(APPEND private ${dependency})
    else()
      list(APPEND linked ${dependency})
    endif()
  endforeach()
  list(TRANSFORM private REPLACE "(.+)" "$<BUILD_INTERFACE:\\1>")
  target_link_libraries(${target} PUBLIC ${LAYER_PUBLIC} PRIVATE ${linked} ${private})
  if(LAYER_DOMAIN)
    eventstore_precompile(${target} domain)
  else()
    eventstore_precompile(${target})
  endif()
  eventstore_compile_together(${target})
  if(NOT LAYER_INTERNAL)
    string(REGEX REPLACE "^.*_" "" component ${name})
    eventstore_component(${target} ${component} LINKS ${LAYER_PUBLIC} ${linked})
  endif()
endfunction()

# eventstore_component(TARGET COMPONENT LINKS targets…): what find_package(eventstore COMPONENTS COMPONENT) gives.
function(eventstore_component target component)
  cmake_parse_arguments(PARSE_ARGV 2 COMPONENT "" "" "LINKS")
  add_library(eventstore::${component} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${component})
  set(requires "")
  set(packages "")
  foreach(dependency IN LISTS COMPONENT_LINKS)
    eventstore_package_of(${dependency} package needed)
    if(package)
      list(APPEND packages ${package})
    else()
      get_target_property(required ${dependency} EXPORT_NAME)
      list(APPEND requires ${required})
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY EVENTSTORE_COMPONENTS ${component})
  set_property(GLOBAL PROPERTY EVENTSTORE_${component}_TARGET ${target})
  set_property(GLOBAL PROPERTY EVENTSTORE_${component}_REQUIRES ${requires})
  set_property(GLOBAL PROPERTY EVENTSTORE_${component}_PACKAGES ${packages})
  if(EVENTSTORE_INSTALL)
    eventstore_install_component(${target} ${component})
  endif()
endfunction()

# eventstore_test(NAME [DOMAIN] SOURCES … [LINK targets…]): one Catch2 program, its test cases known to ctest one by one. DOMAIN:
# it defines domains and works with stores of them, so it takes the precompiled header that has them. SKIPPED: ctest counts a
# test that prints this text as skipped.
function(eventstore_test name)
  cmake_parse_arguments(PARSE_ARGV 1 TEST "DOMAIN" "TIMEOUT;SKIPPED" "SOURCES;LINK")
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  set(skipped "")
  if(TEST_SKIPPED)
    set(skipped SKIP_REGULAR_EXPRESSION ${TEST_SKIPPED})
  endif()
  add_executable(test_${name} ${TEST_SOURCES})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(test_${name} PRIVATE ${TEST_LINK} eventstore_catch_main eventstore_build_options)
  if(TEST_DOMAIN)
    eventstore_reuse_precompiled(test_${name} eventstore_catch_domain)
  else()
    eventstore_reuse_precompiled(test_${name} eventstore_catch_main)
  endif()
  eventstore_compile_together(test_${name})
  catch_discover_tests(test_${name} TEST_PREFIX "${name}: " PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS ${name} ${skipped})
endfunction()
