# Compiler settings for our own code. Targets take them by linking fitwright_options.
include(CheckLinkerFlag)
option(FITWRIGHT_BENCH "Build the benchmarks" ON)
set(FITWRIGHT_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

# -O3 costs a quarter more compile time than -O2 and wins nothing measurable: the kernel's time is OpenCASCADE's.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(fitwright_options INTERFACE)
target_include_directories(fitwright_options INTERFACE ${CMAKE_SOURCE_DIR})
# missing-field-initializers: designated initializers leave fields to their defaults on purpose.
# restrict, maybe-uninitialized, array-bounds, stringop-overflow: GCC 12 reports inlined std::string and aggregates
# wrongly (its bugs 105329, 105562, 105651).
target_compile_options(fitwright_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow=local -Wno-missing-field-initializers
                       -Wno-restrict -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Werror)
find_program(MOLD mold)
if(MOLD)
  check_linker_flag(CXX -fuse-ld=mold FITWRIGHT_CAN_USE_MOLD)
endif()
if(FITWRIGHT_CAN_USE_MOLD)
  target_link_options(fitwright_options INTERFACE -fuse-ld=mold)
endif()
target_compile_definitions(fitwright_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(FITWRIGHT_SANITIZE)
  target_compile_definitions(fitwright_options INTERFACE _GLIBCXX_ASSERTIONS)
  target_compile_options(fitwright_options INTERFACE -fsanitize=${FITWRIGHT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(fitwright_options INTERFACE -fsanitize=${FITWRIGHT_SANITIZE})
endif()

# fitwright_library(NAME sources...): a static library of ours.
function(fitwright_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC fitwright_options)
endfunction()
