# Run as a test by eventstore_schema_locks(): lets PROGRAM lock its schemas in a COPY of FOLDER's lock files, and fails where
# that changes one.
file(REMOVE_RECURSE ${COPY})
file(MAKE_DIRECTORY ${COPY})
file(GLOB locks RELATIVE ${FOLDER} ${FOLDER}/*/schemas.lock)
foreach(lock ${locks})
  configure_file(${FOLDER}/${lock} ${COPY}/${lock} COPYONLY)
endforeach()
# A category that has no lock file yet gets one: its folder must be there for that.
file(GLOB folders RELATIVE ${FOLDER} LIST_DIRECTORIES true ${FOLDER}/*)
foreach(folder ${folders})
  if(IS_DIRECTORY ${FOLDER}/${folder})
    file(MAKE_DIRECTORY ${COPY}/${folder})
  endif()
endforeach()

execute_process(COMMAND ${PROGRAM} --json schema lock --locks ${COPY}
                RESULT_VARIABLE failed OUTPUT_VARIABLE changes ERROR_VARIABLE said)
if(failed)
  message(FATAL_ERROR "${PROGRAM} schema lock failed:\n${changes}${said}")
endif()
file(GLOB now RELATIVE ${COPY} ${COPY}/*/schemas.lock)
foreach(lock ${now})
  file(READ ${COPY}/${lock} after)
  set(before "")
  if(EXISTS ${FOLDER}/${lock})
    file(READ ${FOLDER}/${lock} before)
  endif()
  if(NOT before STREQUAL after)
    message(FATAL_ERROR "${FOLDER}/${lock} lacks what this build locks:\n${changes}"
                        "Run `${PROGRAM} schema lock --locks ${FOLDER}` and keep the file with the code.")
  endif()
endforeach()
