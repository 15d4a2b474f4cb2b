# `cpack` makes Debian packages: `eventstore`, the program, and `libeventstore-dev`, the library with its headers.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "eventstore")
set(CPACK_PACKAGE_CONTACT "The maintainers of eventstore <maintainers@eventstore.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME eventstore)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION database)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "event store on the command line
Imports, exports and reads events in streams, rebuilds aggregates by replay,
keeps collections in SQLite in step with them, and verifies and backs up stores.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libeventstore-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "event sourcing for C++20: library and headers
Aggregates are plain structs and pure functions. Their events are stored in an
append-only log inside the program, without a server. The package has what CMake
and pkg-config need to build such programs.")

# What a program that is built with the library needs; either Boost of Debian 12 will do.
set(dependencies "")
foreach(package IN LISTS packages)
  eventstore_package(${package} package)
  if(NOT package_needed STREQUAL build)
    list(APPEND dependencies ${package_debian})
  endif()
endforeach()
list(REMOVE_DUPLICATES dependencies)
list(TRANSFORM dependencies REPLACE "^libboost-dev$" "libboost-dev | libboost1.81-dev")
list(JOIN dependencies ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS)

include(CPack)
