// Catch2 2 needs a main of its own; version 3 brings one, and this file is then left out.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
