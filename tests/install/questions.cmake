# What find_package answers. Nothing is compiled.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
configure(said ${SOURCE}/tests/install/questions ${WORK} ${GENERATOR} -DCMAKE_PREFIX_PATH=${PREFIX})
