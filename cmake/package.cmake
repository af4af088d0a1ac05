# The Debian package that ./dev package makes, for the release of Debian that it is built on.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME fitwright)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT Fitwright)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Make products in your size")
set(CPACK_PACKAGE_DESCRIPTION
"Pick a product, such as a bookshelf, an enclosure, an organiser or a knob,
enter the numbers that matter to you, and get files that a printer, a saw or a
workshop can work from: STL, 3MF and STEP.

Every product is a short script with ranges and rules, so a value that cannot
work is refused with the reason, and what comes out is an exact solid, checked
before it is written. Products of your own are scripts in Lua.

There is a desktop app, fitwright-app, and a command line, fitwright.")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/package)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
# Libraries that programs are linked with are found by dpkg-shlibdeps; these are opened while the app runs.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libegl1, libgl1")
# The app asks for file names with the desktop's own dialogs, and opens folders and pages with the desktop's programs.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "zenity | kdialog, xdg-utils, fonts-droid-fallback | fonts-noto-cjk")
include(CPack)
