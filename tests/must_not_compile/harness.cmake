# eventstore_must_not_compile(LAYER): each file of this folder must be refused by the compiler with the sentence in its
# first line ("// expect: …"), but for those named control*, which show that the harness itself is sound.
set(must_not_compile_folder ${CMAKE_CURRENT_LIST_DIR})
set(must_not_compile_prelude ${CMAKE_CURRENT_BINARY_DIR}/must_not_compile/prelude.hpp)
configure_file(${must_not_compile_folder}/prelude.hpp ${must_not_compile_prelude} COPYONLY)

# The compiler takes the precompiled header by itself, because the header lies beside it.
set(includes "$<TARGET_PROPERTY:eventstore_app,INTERFACE_INCLUDE_DIRECTORIES>")
add_custom_command(OUTPUT ${must_not_compile_prelude}.gch
  COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 "-I$<JOIN:${includes},;-I>" -MD -MF ${must_not_compile_prelude}.d -MT ${must_not_compile_prelude}.gch
          -x c++-header ${must_not_compile_prelude} -o ${must_not_compile_prelude}.gch
  DEPENDS ${must_not_compile_prelude} DEPFILE ${must_not_compile_prelude}.d COMMAND_EXPAND_LISTS VERBATIM)
add_custom_target(eventstore_must_not_compile ALL DEPENDS ${must_not_compile_prelude}.gch)

function(eventstore_must_not_compile layer)
  if(EVENTSTORE_SANITIZE STREQUAL "thread")
    return()  # the same compiler as in the build with the address sanitizer
  endif()
  file(GLOB programs CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.cpp)
  foreach(program ${programs})
    string(REGEX REPLACE "\\.cpp$" "" name ${program})
    string(REPLACE "_" " " name ${name})
    add_test(NAME "${layer}: must not compile: ${name}"
      COMMAND ${CMAKE_COMMAND} -DCOMPILER=${CMAKE_CXX_COMPILER} -DPROGRAM=${CMAKE_CURRENT_SOURCE_DIR}/${program}
              -DPRELUDE=${must_not_compile_prelude} "-DINCLUDES=$<TARGET_PROPERTY:test_${layer},INCLUDE_DIRECTORIES>"
              -P ${must_not_compile_folder}/check.cmake)
    set_tests_properties("${layer}: must not compile: ${name}" PROPERTIES LABELS ${layer} TIMEOUT 120)
  endforeach()
endfunction()
