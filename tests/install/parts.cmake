# Parts that are switched off need no packages, and a missing package is named. Nothing is compiled.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
set(without_cli -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON -DCMAKE_DISABLE_FIND_PACKAGE_Catch2=ON)
set(without_sqlite -DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON)
set(without_app ${without_sqlite} -DCMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON)

configure(said ${SOURCE} ${WORK}/log ${GENERATOR} -DEVENTSTORE_SQLITE=OFF ${without_cli} ${without_app})
configure(said ${SOURCE} ${WORK}/app ${GENERATOR} -DEVENTSTORE_CLI=OFF ${without_cli})

execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/all -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
                        -DBoost_DIR=${BOOST} ${without_sqlite}
                RESULT_VARIABLE refused OUTPUT_VARIABLE said ERROR_VARIABLE said)
string(REGEX REPLACE "[ \n]+" " " said "${said}")
must_contain("${said}" "eventstore needs SQLite3 (on Debian: apt install libsqlite3-dev); scripts/packages lists all")
