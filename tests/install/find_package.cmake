include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
file(COPY ${SOURCE}/examples/account DESTINATION ${WORK})
configure(said ${WORK}/account ${WORK}/build ${GENERATOR} -DCMAKE_PREFIX_PATH=${PREFIX} -DCMAKE_NO_SYSTEM_FROM_IMPORTED=ON
          "-DCMAKE_CXX_FLAGS=${strict}")
run(said ${CMAKE_COMMAND} --build ${WORK}/build)
use_account(${WORK}/build/account)
