#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstring>

#include "export/clean_text.hpp"
#include "export/stl/stl.hpp"

namespace fitwright {

namespace {

tl::unexpected<Error> too_many(const ImportSource& source) {
  return fail(ErrorKind::file, source.name + " has more than " + std::to_string(max_import_triangles) + " triangles",
              "export it more coarsely");
}

tl::unexpected<Error> not_a_number(const ImportSource& source, std::size_t facet) {
  return fail(ErrorKind::file,
              source.name + " is damaged: triangle " + std::to_string(facet + 1) +
                  " has a coordinate that is not a finite number",
              "export it again");
}

bool finite(Vec3 v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }

// What a binary file's count says it should weigh; 0 when it is too short to have one.
std::size_t stated_size(std::string_view bytes) {
  constexpr std::size_t head = stl_header_bytes + sizeof(std::uint32_t);
  if (bytes.size() < head) return 0;
  std::uint32_t count;
  std::memcpy(&count, bytes.data() + stl_header_bytes, sizeof count);
  return head + stl_facet_bytes * std::size_t{count};
}

Result<ImportedModel> read_binary(const ImportSource& source, std::size_t facets) {
  if (facets == 0) return fail(ErrorKind::file, source.name + " contains no triangles");
  if (facets > max_import_triangles) return too_many(source);
  std::vector<Vec3> corners;
  corners.reserve(3 * facets);
  const char* at = source.bytes.data() + stl_header_bytes + sizeof(std::uint32_t);
  for (std::size_t facet = 0; facet < facets; ++facet, at += stl_facet_bytes) {
    float numbers[9];
    std::memcpy(numbers, at + 3 * sizeof(float), sizeof numbers);  // behind the normal
    for (int corner = 0; corner < 3; ++corner) {
      const Vec3 v{numbers[3 * corner], numbers[3 * corner + 1], numbers[3 * corner + 2]};
      if (!finite(v)) return not_a_number(source, facet);
      corners.push_back(v);
    }
  }
  ImportedModel model;
  model.parts.push_back({source.stem, weld(corners), nullptr});
  const auto left_over = static_cast<std::size_t>(source.bytes.data() + source.bytes.size() - at);
  if (left_over > 0) model.notes.push_back(std::to_string(left_over) + " bytes behind the last triangle were ignored");
  return model;
}

// Words of a text file, compared without case.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  /// The next word; empty at the end.
  std::string_view next() {
    skip_space();
    const std::size_t length =
        static_cast<std::size_t>(std::find_if(rest_.begin(), rest_.end(), is_space) - rest_.begin());
    const std::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }
  std::string_view rest_of_line() {
    const std::size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end);
    while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
    while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
    return line;
  }
  static bool same(std::string_view word, std::string_view lower) {
    return word.size() == lower.size() && std::equal(word.begin(), word.end(), lower.begin(),
                                                     [](unsigned char a, char b) { return std::tolower(a) == b; });
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
  void skip_space() {
    rest_.remove_prefix(
        static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_space) - rest_.begin()));
  }
  std::string_view rest_;
};

class TextReader {
 public:
  explicit TextReader(const ImportSource& source) : source_(source), words_(source.bytes) {}

  Result<ImportedModel> run() {
    for (std::string_view word = words_.next(); !word.empty(); word = words_.next()) {
      if (Words::same(word, "solid")) {
        name_ = words_.rest_of_line();
      } else if (Words::same(word, "endsolid")) {
        words_.rest_of_line();
        finish_solid();
      } else if (Words::same(word, "facet")) {
        FW_CHECK(facet());
      } else {
        return broken();
      }
    }
    if (!corners_.empty())
      return fail(ErrorKind::file, source_.name + " is cut off: its last solid has no end", "copy or export it again");
    if (model_.parts.empty()) return fail(ErrorKind::file, source_.name + " contains no triangles");
    return std::move(model_);
  }

 private:
  tl::unexpected<Error> broken() const {
    return fail(
        ErrorKind::file,
        source_.name + " is not a proper STL text file: it goes wrong at triangle " + std::to_string(facets_ + 1),
        "copy or export it again");
  }

  bool expect(std::string_view lower) { return Words::same(words_.next(), lower); }

  // Normals are read over: what they say follows from the corners.
  Result<void> facet() {
    if (facets_ == max_import_triangles) return too_many(source_);
    if (!expect("normal")) return broken();
    for (int i = 0; i < 3; ++i)
      if (words_.next().empty()) return broken();
    if (!expect("outer") || !expect("loop")) return broken();
    for (int corner = 0; corner < 3; ++corner) {
      Vec3 v;
      if (!expect("vertex") || !number(v.x) || !number(v.y) || !number(v.z)) return broken();
      if (!finite(v)) return not_a_number(source_, facets_);
      corners_.push_back(v);
    }
    if (!expect("endloop") || !expect("endfacet")) return broken();
    ++facets_;
    return {};
  }

  bool number(double& value) {
    std::string_view word = words_.next();
    if (word.starts_with('+')) word.remove_prefix(1);
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc{} && end == word.data() + word.size();
  }

  void finish_solid() {
    if (!corners_.empty())
      model_.parts.push_back({name_.empty() ? source_.stem : clean_text(name_), weld(corners_), nullptr});
    corners_.clear();
    name_ = {};
  }

  const ImportSource& source_;
  Words words_;
  std::string_view name_;
  std::vector<Vec3> corners_;
  std::size_t facets_ = 0;
  ImportedModel model_;
};

bool looks_like_text(std::string_view bytes) {
  Words words(bytes.substr(0, 512));
  return Words::same(words.next(), "solid") && bytes.substr(0, 512).find('\0') == std::string_view::npos;
}

}  // namespace

Result<ImportedModel> read_stl(const ImportSource& source) {
  // The size comes first: many binary files start with "solid" as well.
  const std::size_t stated = stated_size(source.bytes);
  const std::size_t facets = stated ? (stated - stl_header_bytes) / stl_facet_bytes : 0;
  if (stated && stated == source.bytes.size()) return read_binary(source, facets);
  if (looks_like_text(source.bytes)) return TextReader(source).run();
  if (source.bytes.size() < stl_header_bytes + sizeof(std::uint32_t))
    return fail(ErrorKind::file, source.name + " is not an STL file: it is too short for one");
  if (stated > source.bytes.size() && facets <= max_import_triangles)
    return fail(ErrorKind::file,
                source.name + " is cut off: it promises " + std::to_string(facets) + " triangles and holds " +
                    std::to_string((source.bytes.size() - stl_header_bytes - sizeof(std::uint32_t)) / stl_facet_bytes),
                "copy or export it again");
  // Some programs append data of their own.
  if (stated > 0 && stated < source.bytes.size() && facets > 0) return read_binary(source, facets);
  return fail(ErrorKind::file,
              source.name + " is not an STL file: neither text nor of the size that its header states");
}

}  // namespace fitwright
