// Catch2 changed its headers between version 2 (Debian 12) and 3 (Debian 13).
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>  // brings Approx with it
#endif
