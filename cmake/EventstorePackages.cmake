# The packages that eventstore needs: one table, for our build, for projects that link the installed library, and for the package files.
# Name of find_package | least version | target | what a program that links a static library of ours needs of it:
# `headers` of public headers, `library`, or `build` where our build alone needs it | Debian's package | pkg-config's module
set(EVENTSTORE_PACKAGES
    "Boost|1.74|Boost::headers|headers|libboost-dev|"
    "tl-expected||tl::expected|headers|libexpected-dev|"
    "cereal||cereal::cereal|headers|libcereal-dev|"
    "Threads||Threads::Threads|library|libc6-dev|"
    "fmt||fmt::fmt|library|libfmt-dev|fmt"
    "xxHash||xxHash::xxhash|library|libxxhash-dev|libxxhash"
    "roaring||roaring::roaring|library|libroaring-dev|"
    "zstd||zstd::libzstd_shared|library|libzstd-dev|libzstd"
    "OpenSSL|3.0|OpenSSL::Crypto|library|libssl-dev|libcrypto"
    "Nettle||Nettle::nettle|library|nettle-dev|nettle"
    "simdjson||simdjson::simdjson|library|libsimdjson-dev|simdjson"
    "ICU||ICU::i18n|library|libicu-dev|icu-i18n"
    "SQLite3||SQLite::SQLite3|library|libsqlite3-dev|sqlite3"
    "ZLIB||ZLIB::ZLIB|library|zlib1g-dev|zlib"
    "mongoc-1.0|1.23|mongo::mongoc_shared|library|libmongoc-dev|libmongoc-1.0"
    "CLI11||CLI11::CLI11|build|libcli11-dev|")

# eventstore_package(NAME PREFIX): the row of the package NAME in PREFIX_version, _target, _needed, _debian, _module.
function(eventstore_package name prefix)
  foreach(row IN LISTS EVENTSTORE_PACKAGES)
    if(row MATCHES "^${name}\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)$")
      set(${prefix}_version "${CMAKE_MATCH_1}" PARENT_SCOPE)
      set(${prefix}_target "${CMAKE_MATCH_2}" PARENT_SCOPE)
      set(${prefix}_needed "${CMAKE_MATCH_3}" PARENT_SCOPE)
      set(${prefix}_debian "${CMAKE_MATCH_4}" PARENT_SCOPE)
      set(${prefix}_module "${CMAKE_MATCH_5}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "eventstore: cmake/EventstorePackages.cmake has no package ${name}")
endfunction()

# eventstore_package_of(TARGET PACKAGE NEEDED): the name of the package that brings TARGET, empty for a target of ours; and the
# table's column `needed`.
function(eventstore_package_of target package needed)
  set(${package} "" PARENT_SCOPE)
  set(${needed} "" PARENT_SCOPE)
  foreach(row IN LISTS EVENTSTORE_PACKAGES)
    if(row MATCHES "^([^|]+)\\|[^|]*\\|${target}\\|([^|]+)")
      set(${package} ${CMAKE_MATCH_1} PARENT_SCOPE)
      set(${needed} ${CMAKE_MATCH_2} PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

# eventstore_find(NAME): sets eventstore_missing to what to install, where the package NAME is not found; empties it otherwise.
# A target that the project has already, made from sources for instance, is taken as it is.
macro(eventstore_find name)
  eventstore_package(${name} _eventstore)
  set(eventstore_missing "")
  if(NOT TARGET ${_eventstore_target})
    set(_eventstore_parts "")
    if("${name}" STREQUAL "ICU")
      set(_eventstore_parts COMPONENTS uc i18n)
    endif()
    find_package(${name} ${_eventstore_version} QUIET ${_eventstore_parts})
    if("${name}" STREQUAL "ICU" AND TARGET ICU::i18n AND TARGET ICU::uc)
      target_link_libraries(ICU::i18n INTERFACE ICU::uc)  # CMake's own module does not say so
    endif()
  endif()
  if("${name}" STREQUAL "zstd" AND NOT TARGET zstd::libzstd_shared)
    # Names that vcpkg and Conan give to the same library.
    foreach(_eventstore_other zstd::libzstd zstd::libzstd_static)
      if(TARGET ${_eventstore_other} AND NOT TARGET zstd::libzstd_shared)
        add_library(zstd::libzstd_shared INTERFACE IMPORTED)
        target_link_libraries(zstd::libzstd_shared INTERFACE ${_eventstore_other})
      endif()
    endforeach()
  endif()
  if(NOT TARGET ${_eventstore_target})
    string(STRIP "${name} ${_eventstore_version}" eventstore_missing)
    string(APPEND eventstore_missing " (on Debian: apt install ${_eventstore_debian})")
  endif()
endmacro()
