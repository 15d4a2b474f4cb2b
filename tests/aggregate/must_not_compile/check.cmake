# Compiles PROGRAM and compares what the compiler says with the sentence in the program's first line.
file(STRINGS ${PROGRAM} first_line LIMIT_COUNT 1 ENCODING UTF-8)
list(TRANSFORM INCLUDES PREPEND "-I")
execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only -fmessage-length=0 ${INCLUDES} ${PROGRAM}
                RESULT_VARIABLE refused OUTPUT_VARIABLE said ERROR_VARIABLE said)
if("${first_line}" STREQUAL "// compiles")
  if(refused)
    message(FATAL_ERROR "must compile, but the compiler says:\n${said}")
  endif()
  return()
endif()
if(NOT "${first_line}" MATCHES "^// expect: (.+)$")
  message(FATAL_ERROR "the first line is neither `// expect: …` nor `// compiles`")
endif()
string(REPLACE "\\;" ";" sentence "${CMAKE_MATCH_1}")  # as file() hands over a semicolon
if(NOT refused)
  message(FATAL_ERROR "compiles, but must be refused with: ${sentence}")
endif()
string(REPLACE "\\" "" said "${said}")  # clang escapes the quotes within a sentence
string(FIND "${said}" "${sentence}" found)
if(found EQUAL -1)
  message(FATAL_ERROR "refused without the sentence: ${sentence}\nThe compiler says:\n${said}")
endif()
