// fitwright-engine: the engine in a process of its own. Started by the app and the command line, never by people.
#include <charconv>
#include <cstdio>
#include <cstring>

#include "app/engine/serve.hpp"

int main(int argc, char** argv) {
  fitwright::keep_freed_memory();
  std::size_t memory = 0;
  if (argc != 3 || std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), memory).ec != std::errc{}) {
    std::fputs("fitwright-engine is a part of Fitwright and does nothing by itself; see: fitwright --help\n", stderr);
    return 1;
  }
  fitwright::serve(fitwright::Channel(fitwright::Descriptor(3)), argv[1], memory);
}
