// CGAL's tree of triangles, by which ours is judged and timed. CGAL 6 (Debian 13) renamed its headers.
#pragma once

#include <CGAL/AABB_tree.h>
#include <CGAL/Simple_cartesian.h>
#if __has_include(<CGAL/AABB_traits_3.h>)
#include <CGAL/AABB_traits_3.h>
#include <CGAL/AABB_triangle_primitive_3.h>
#else
#include <CGAL/AABB_traits.h>
#include <CGAL/AABB_triangle_primitive.h>
#endif

#include <vector>

namespace fitwright::bench {

using CgalKernel = CGAL::Simple_cartesian<double>;
using CgalTriangles = std::vector<CgalKernel::Triangle_3>;
#if __has_include(<CGAL/AABB_traits_3.h>)
using CgalPrimitive = CGAL::AABB_triangle_primitive_3<CgalKernel, CgalTriangles::const_iterator>;
using CgalTree = CGAL::AABB_tree<CGAL::AABB_traits_3<CgalKernel, CgalPrimitive>>;
#else
using CgalPrimitive = CGAL::AABB_triangle_primitive<CgalKernel, CgalTriangles::const_iterator>;
using CgalTree = CGAL::AABB_tree<CGAL::AABB_traits<CgalKernel, CgalPrimitive>>;
#endif

}  // namespace fitwright::bench
