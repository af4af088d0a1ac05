// Draws faces, the caps of a section, and edges.
#pragma once

#include "app/view/frame.hpp"

namespace fitwright {

class ModelPass {
 public:
  /// Errors: internal (a shader).
  static Result<ModelPass> create();
  /// Into the framebuffer that is bound, which has depth and stencil.
  void draw(const Frame& frame, const DrawOptions& options);

 private:
  ModelPass(gl::Program face, gl::Program count, gl::Program cap, gl::Program edge);
  void draw_faces(const Frame& frame, const DrawOptions& options);
  void draw_caps(const Frame& frame, const DrawOptions& options);
  void draw_edges(const Frame& frame, const DrawOptions& options);
  void draw_outlines(const Frame& frame, const DrawOptions& options);
  void begin_lines(const Frame& frame, double width);
  void end_lines();
  bool colour_triangles(const CopyToDraw& copy, const DrawOptions& options);
  bool mark_faces(const CopyToDraw& copy, const DrawOptions& options);

  gl::Program face_, count_, cap_, edge_;
  gl::Buffer marks_, values_;
  gl::Texture marks_view_, values_view_;
  gl::Canvas canvas_;
};

}  // namespace fitwright
