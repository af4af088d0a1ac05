#include "tests/unit/export/consortium_reader.hpp"

#include <array>
#include <cstdio>
#include <memory>

#include <Model/COM/NMR_DLLInterfaces.h>

namespace fitwright::test {

namespace {

using namespace NMR;

struct Release {
  void operator()(PLib3MFBase* object) const { lib3mf_release(object); }
};
using Object = std::unique_ptr<PLib3MFBase, Release>;

// Calls a function that returns a new object through its last argument.
template <class F, class... Args>
Object make(F function, Args... args) {
  PLib3MFBase* made = nullptr;
  return Object(function(args..., &made) == 0 ? made : nullptr);
}

// Calls a function that fills a buffer with text.
template <class F, class... Args>
std::string text(F function, Args... args) {
  std::array<char, 65536> buffer{};
  ULONG needed = 0;
  return function(args..., buffer.data(), static_cast<ULONG>(buffer.size()), &needed) == 0 ? buffer.data() : "";
}

void read_items(PLib3MFModel* model, ConsortiumModel& result) {
  const Object items = make(lib3mf_model_getbuilditems, model);
  BOOL more = false;
  while (items && lib3mf_builditemiterator_movenext(items.get(), &more) == 0 && more) {
    const Object item = make(lib3mf_builditemiterator_getcurrent, items.get());
    const Object object = make(lib3mf_builditem_getobjectresource, item.get());
    ConsortiumItem found{text(lib3mf_object_getnameutf8, object.get())};
    BOOL valid = false, manifold = false;
    DWORD triangles = 0;
    lib3mf_object_isvalidobject(object.get(), &valid);
    lib3mf_meshobject_ismanifoldandoriented(object.get(), &manifold);
    lib3mf_meshobject_gettrianglecount(object.get(), &triangles);
    found.valid = valid;
    found.manifold = manifold;
    found.triangles = triangles;
    result.items.push_back(found);
  }
}

void read_colours(PLib3MFModel* model, ConsortiumModel& result) {
  const Object groups = make(lib3mf_model_getbasematerials, model);
  BOOL more = false;
  while (groups && lib3mf_resourceiterator_movenext(groups.get(), &more) == 0 && more) {
    const Object group = make(lib3mf_resourceiterator_getcurrent, groups.get());
    DWORD count = 0;
    lib3mf_basematerial_getcount(group.get(), &count);
    for (DWORD i = 0; i < count; ++i) {
      BYTE r = 0, g = 0, b = 0, a = 0;
      lib3mf_basematerial_getdisplaycolor(group.get(), i, &r, &g, &b, &a);
      std::array<char, 8> hex;
      std::snprintf(hex.data(), hex.size(), "#%02X%02X%02X", r, g, b);
      result.colours.emplace_back(hex.data());
    }
  }
}

}  // namespace

ConsortiumModel read_with_lib3mf(const std::string& bytes) {
  ConsortiumModel result;
  const Object model = make(lib3mf_createmodel);
  const Object reader = make(lib3mf_model_queryreader, model.get(), "3mf");
  lib3mf_reader_setstrictmodeactive(reader.get(), true);
  std::string copy = bytes;
  result.read = lib3mf_reader_readfrombuffer(reader.get(), reinterpret_cast<BYTE*>(copy.data()), copy.size()) == 0;
  DWORD warnings = 0, code = 0;
  lib3mf_reader_getwarningcount(reader.get(), &warnings);
  for (DWORD i = 0; i < warnings; ++i)
    result.warnings.push_back(text(lib3mf_reader_getwarningutf8, reader.get(), i, &code));
  DWORD unit = 0;
  lib3mf_model_getunit(model.get(), &unit);
  result.millimetres = unit == MODELUNIT_MILLIMETER;
  read_items(model.get(), result);
  read_colours(model.get(), result);
  return result;
}

}  // namespace fitwright::test
