# What `cmake --install` puts where. Two parts: `runtime`, the program, and `development`, what one builds programs with.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(EVENTSTORE_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/eventstore)

# eventstore_install_component(TARGET COMPONENT): the target, in a file of its own that eventstoreConfig.cmake reads where the
# component is asked for, so that a project that asks for `log` needs no SQLite.
function(eventstore_install_component target component)
  install(TARGETS ${target} EXPORT eventstore-${component}
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
          RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/eventstore COMPONENT development
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT eventstore-${component} NAMESPACE eventstore:: FILE eventstore-${component}.cmake
          DESTINATION ${EVENTSTORE_CMAKE_DIR} COMPONENT development)
endfunction()

# eventstore_write_pkg_config(NAME DESCRIPTION COMPONENTS components… [REQUIRES other modules…]): NAME.pc. A static library needs what
# it stands on in every link, so that stands in `Requires` and in `Libs`: no one has to know of pkg-config's --static.
function(eventstore_write_pkg_config name description)
  cmake_parse_arguments(PARSE_ARGV 2 PC "" "" "COMPONENTS;REQUIRES")
  set(libraries "")
  set(others "")
  set(modules ${PC_REQUIRES})
  foreach(component IN LISTS PC_COMPONENTS)
    get_property(packages GLOBAL PROPERTY EVENTSTORE_${component}_PACKAGES)
    get_property(target GLOBAL PROPERTY EVENTSTORE_${component}_TARGET)
    list(APPEND libraries -l${target})
    foreach(package IN LISTS packages)
      eventstore_package(${package} package)
      if(package_module)
        list(APPEND modules ${package_module})
      elseif(package STREQUAL Threads)
        list(APPEND others -pthread)
      elseif(package_needed STREQUAL library)
        list(APPEND others -l${package})
      endif()
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES modules)
  list(REMOVE_DUPLICATES others)
  list(JOIN modules " " modules)
  list(JOIN libraries " " libraries)
  list(JOIN others " " others)
  set(folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${folder} OUTPUT_VARIABLE up)
  configure_file(${eventstore_SOURCE_DIR}/cmake/eventstore.pc.in ${eventstore_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${eventstore_BINARY_DIR}/${name}.pc DESTINATION ${folder} COMPONENT development)
endfunction()

# eventstore_install(): all but the components themselves, once these are declared. NOT_BUILT: headers, and folders of them, that are left out.
function(eventstore_install)
  cmake_parse_arguments(PARSE_ARGV 0 INSTALL "" "" "NOT_BUILT")
  set(without "")
  foreach(folder IN LISTS INSTALL_NOT_BUILT)
    list(APPEND without REGEX "/include/eventstore/${folder}(\\.hpp)?$" EXCLUDE)
  endforeach()
  install(DIRECTORY ${eventstore_SOURCE_DIR}/include/eventstore DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
          COMPONENT development FILES_MATCHING PATTERN "*.hpp" ${without})

  get_property(components GLOBAL PROPERTY EVENTSTORE_COMPONENTS)
  set(component_table "")
  foreach(component IN LISTS components)
    get_property(requires GLOBAL PROPERTY EVENTSTORE_${component}_REQUIRES)
    get_property(packages GLOBAL PROPERTY EVENTSTORE_${component}_PACKAGES)
    string(APPEND component_table "set(_eventstore_${component}_requires ${requires})\n"
           "set(_eventstore_${component}_packages ${packages})\n")
  endforeach()
  configure_package_config_file(${eventstore_SOURCE_DIR}/cmake/eventstoreConfig.cmake.in eventstoreConfig.cmake
                                INSTALL_DESTINATION ${EVENTSTORE_CMAKE_DIR} NO_CHECK_REQUIRED_COMPONENTS_MACRO)
  write_basic_package_version_file(eventstoreConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/eventstoreConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/eventstoreConfigVersion.cmake
                ${eventstore_SOURCE_DIR}/cmake/EventstorePackages.cmake ${eventstore_SOURCE_DIR}/cmake/FindxxHash.cmake
                ${eventstore_SOURCE_DIR}/cmake/FindNettle.cmake
                ${eventstore_SOURCE_DIR}/cmake/EventstoreFunctions.cmake ${eventstore_SOURCE_DIR}/cmake/EventstoreCheckLocks.cmake
          DESTINATION ${EVENTSTORE_CMAKE_DIR} COMPONENT development)

  list(REVERSE components)  # the linker wants a caller before the code that it calls
  list(REMOVE_ITEM components source_hash_tool)
  set(below ${components})
  list(REMOVE_ITEM below cli terminal testing eventstore)
  eventstore_write_pkg_config(eventstore "Embeddable event sourcing" COMPONENTS ${below})
  foreach(component cli testing)
    if(component IN_LIST components)
      set(parts ${component})
      if(component STREQUAL cli)
        list(APPEND parts terminal)
      endif()
      eventstore_write_pkg_config(eventstore-${component} "Embeddable event sourcing: ${component}" COMPONENTS ${parts}
                                  REQUIRES eventstore)
    endif()
  endforeach()

  # Debian's places for what may be done with the files; the package of each part has its own.
  install(FILES ${eventstore_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libeventstore-dev RENAME copyright
          COMPONENT development)
  install(DIRECTORY ${eventstore_SOURCE_DIR}/examples/account DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libeventstore-dev/examples
          COMPONENT development)
  if(TARGET eventstore_program)
    install(TARGETS eventstore_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
    install(FILES ${eventstore_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/eventstore RENAME copyright
            COMPONENT runtime)
  endif()
endfunction()
