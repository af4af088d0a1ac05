# Compiler settings for our own code. Targets take them by linking fitwright_options.
include(CheckCXXCompilerFlag)
option(FITWRIGHT_BENCH "Build the benchmarks" ON)
set(FITWRIGHT_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(fitwright_options INTERFACE)
target_include_directories(fitwright_options INTERFACE ${CMAKE_SOURCE_DIR})
# missing-field-initializers: designated initializers leave fields to their defaults on purpose.
# restrict, maybe-uninitialized: GCC 12 reports inlined std::string and aggregates wrongly (its bugs 105329, 105562).
target_compile_options(fitwright_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow=local -Wno-missing-field-initializers
                       -Wno-restrict -Wno-maybe-uninitialized -Werror)
find_program(MOLD mold)
if(MOLD)
  target_link_options(fitwright_options INTERFACE -fuse-ld=mold)
endif()
if(FITWRIGHT_SANITIZE)
  target_compile_options(fitwright_options INTERFACE -fsanitize=${FITWRIGHT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(fitwright_options INTERFACE -fsanitize=${FITWRIGHT_SANITIZE})
endif()

# fitwright_library(NAME sources...): a static library of ours.
function(fitwright_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC fitwright_options)
endfunction()
