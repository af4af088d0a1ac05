#include "templates/runtime/sandbox.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <ctime>

#include "templates/runtime/hints.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

constexpr int steps_between_looks = 100;
constexpr int most_frames = 100;  // looked through for a line of the template's
constexpr std::size_t lua_string_header = 64;
// Its address marks an error whose facts are kept in the sandbox.
char fault_mark;

locale_t plain_locale() {
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
  return plain;
}

}  // namespace

PlainLocale::PlainLocale() : previous_(uselocale(plain_locale())) {}
PlainLocale::~PlainLocale() { uselocale(previous_); }

// Time that this thread has computed: a busy machine must not make a sound template fail.
static std::chrono::nanoseconds thread_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

Sandbox::Sandbox(const ScriptLimits& limits, std::string chunk, const std::map<std::string, std::string>& modules,
                 ScriptCache& cache)
    : limits_(limits),
      chunk_(std::move(chunk)),
      modules_(&modules),
      cache_(cache),
      steps_left_(limits.steps),
      deadline_(thread_time() + limits.time) {
  lua_ = lua_newstate(&Sandbox::allocate, this);
  if (!lua_) throw std::bad_alloc();
  *static_cast<Sandbox**>(lua_getextraspace(lua_)) = this;
  lua_sethook(lua_, &Sandbox::on_count, LUA_MASKCOUNT, steps_between_looks);
}

Sandbox::~Sandbox() { lua_close(lua_); }

void* Sandbox::allocate(void* self, void* block, std::size_t old_size, std::size_t new_size) {
  auto& sandbox = *static_cast<Sandbox*>(self);
  // For a new block Lua passes the type of the object in place of the old size.
  const bool text = !block && old_size == LUA_TSTRING;
  if (!block) old_size = 0;
  if (new_size == 0) {
    std::free(block);
    sandbox.held_ -= old_size;
    return nullptr;
  }
  if (new_size > old_size) {
    const auto refuse = [&](Stop why) {
      sandbox.memory_stop_ = why;
      return nullptr;
    };
    if (text && new_size > sandbox.limits_.string_bytes + lua_string_header) return refuse(Stop::text);
    if (sandbox.held_ - old_size + new_size > sandbox.limits_.memory_bytes) return refuse(Stop::memory);
    if (sandbox.allocated_ + new_size > sandbox.limits_.allocated_bytes) return refuse(Stop::churn);
  }
  void* moved = std::realloc(block, new_size);
  if (!moved) {
    sandbox.memory_stop_ = Stop::memory;
    return new_size <= old_size ? block : nullptr;
  }
  sandbox.held_ += new_size - old_size;
  if (new_size > old_size) sandbox.allocated_ += new_size;
  return moved;
}

bool Sandbox::spend(std::int64_t steps) noexcept {
  if (steps >= steps_left_) {
    steps_left_ = 0;
    stop_ = Stop::steps;
    return false;
  }
  steps_left_ -= steps;
  // Reading a thread's clock is a system call: a look at it now and then is enough.
  if (++spendings_ % 4 != 0 || thread_time() < deadline_) return true;
  stop_ = Stop::time;
  return false;
}

void Sandbox::on_count(lua_State* lua, lua_Debug*) {
  Sandbox& sandbox = of(lua);
  if (!sandbox.spend(steps_between_looks)) raise(lua);
  lua_Debug frame;
  if (lua_getstack(lua, sandbox.limits_.call_depth, &frame)) {
    sandbox.stop_ = Stop::calls;
    raise(lua);
  }
}

void Sandbox::raise(lua_State* lua) {
  lua_pushlightuserdata(lua, &fault_mark);
  lua_error(lua);
  std::abort();  // lua_error does not return; its declaration does not say so
}

SourceLocation Sandbox::here(lua_State* lua) {
  lua_Debug frame;
  for (int level = 0; lua_getstack(lua, level, &frame); ++level) {
    if (!lua_getinfo(lua, "Sl", &frame) || frame.currentline <= 0) continue;
    return reached(lua, {std::string(frame.source + 1), frame.currentline});
  }
  return {};
}

// Whoever writes a template can mend its lines, not those of a module: the innermost of them goes in front.
SourceLocation Sandbox::reached(lua_State* lua, SourceLocation place) {
  const std::string& own = of(lua).chunk_;
  if (place.chunk == own) return place;
  lua_Debug frame;
  for (int level = 0; level < most_frames && lua_getstack(lua, level, &frame); ++level) {
    if (!lua_getinfo(lua, "Sl", &frame) || frame.currentline <= 0 || own != frame.source + 1) continue;
    place.chunk = fmt::format("{}:{}, in {}", own, frame.currentline, place.chunk);
    break;
  }
  return place;
}

int Sandbox::on_error(lua_State* lua) {
  Sandbox& sandbox = of(lua);
  try {
    sandbox.place_ = here(lua);
    sandbox.keep_message(lua);
  } catch (const std::exception&) {
    sandbox.stop_ = Stop::memory;
  }
  return 1;
}

void Sandbox::keep_message(lua_State* lua) {
  if (lua_type(lua, 1) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, 1, &size);
    message_.assign(text, std::min<std::size_t>(size, 4000));
    split_place();
  } else {
    message_ =
        fmt::format("the template raised an error that is a {} and says nothing", lua_typename(lua, lua_type(lua, 1)));
  }
}

// Lua puts "chunk:12: " in front of most messages; a place that the template made up is left alone.
void Sandbox::split_place() {
  for (std::size_t colon = message_.find(':'); colon != std::string::npos; colon = message_.find(':', colon + 1)) {
    int line = 0;
    const char* end = message_.data() + message_.size();
    const auto read = std::from_chars(message_.data() + colon + 1, end, line);
    if (read.ec != std::errc{} || line < 1 || end - read.ptr < 2 || read.ptr[0] != ':' || read.ptr[1] != ' ') continue;
    std::string chunk = message_.substr(0, colon);
    const bool module = chunk.ends_with(".lua") && modules_->contains(chunk.substr(0, chunk.size() - 4));
    if (chunk != chunk_ && !module) return;
    place_ = reached(lua_, {std::move(chunk), line});
    message_.erase(0, static_cast<std::size_t>(read.ptr + 2 - message_.data()));
    return;
  }
}

Result<void> Sandbox::protect(lua_CFunction function, void* argument, int with, int results) {
  if (!lua_checkstack(lua_, 8)) return fail(error_of(LUA_ERRMEM));
  const int base = lua_gettop(lua_);
  const int value = with == 0 ? 0 : lua_absindex(lua_, with);
  lua_pushcfunction(lua_, &Sandbox::on_error);
  lua_pushcfunction(lua_, function);
  lua_pushlightuserdata(lua_, argument);
  if (value != 0) lua_pushvalue(lua_, value);
  const int status = lua_pcall(lua_, value != 0 ? 2 : 1, results, base + 1);
  if (status != LUA_OK) {
    Error error = error_of(status);
    lua_settop(lua_, base);
    return fail(std::move(error));
  }
  lua_remove(lua_, base + 1);
  return {};
}

Error Sandbox::error_of(int status) {
  Error error;
  if (stop_ != Stop::none) {
    error = error_of_stop(stop_);
  } else if (status == LUA_ERRMEM) {
    error = error_of_stop(memory_stop_);
  } else if (fault_) {
    error = std::move(*fault_);
  } else if (status == LUA_ERRERR || message_ == "stack overflow" || message_.starts_with("C stack overflow")) {
    error = error_of_stop(Stop::calls);
  } else {
    error.kind = ErrorKind::script;
    error.message = printable(message_);
    error.suggestion = hint_for(message_);
  }
  if (error.source.line == 0) error.source = place_;
  if (error.source.chunk.empty()) error.source.chunk = chunk_;
  error.source.chunk = printable(error.source.chunk, 200);
  return error;
}

Error Sandbox::error_of_stop(Stop stop) const {
  Error error;
  error.kind = ErrorKind::script;
  const auto megabytes = [](std::size_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
  switch (stop) {
    case Stop::steps:
      error.message = fmt::format("the template takes more than {} steps", limits_.steps);
      error.suggestion = "look for a loop that does not end, or for work on very long texts and tables";
      break;
    case Stop::time:
      error.message = fmt::format("the template takes longer than {} ms", limits_.time.count());
      error.suggestion = "look for a loop that does not end, or for work on very long texts and tables";
      break;
    case Stop::calls:
      error.message = "the template's functions or expressions are nested too deeply";
      error.suggestion = "look for a function that calls itself without end";
      break;
    case Stop::churn:
      error.message =
          fmt::format("the template makes more than {:g} MB of texts and tables", megabytes(limits_.allocated_bytes));
      break;
    case Stop::text:
      error.message = fmt::format("the template makes a text longer than {:g} MB", megabytes(limits_.string_bytes));
      break;
    case Stop::memory:
    case Stop::none:
      error.message = fmt::format("the template needs more than {:g} MB of memory", megabytes(limits_.memory_bytes));
      break;
  }
  return error;
}

Result<std::uint32_t> Sandbox::add_node(NodePtr node, SourceLocation made_at) {
  const auto refuse = [&](std::string message, std::string suggestion = {}) {
    Error error = make_error(ErrorKind::script, std::move(message), std::move(suggestion));
    error.source = made_at;
    return fail(std::move(error));
  };
  if (nodes_.size() >= limits_.nodes)
    return refuse(fmt::format("the template makes more than {} shapes", limits_.nodes));
  if (node->depth() > limits_.node_depth)
    return refuse(fmt::format("operations are nested more than {} deep", limits_.node_depth),
                  "collect the shapes in a list and cut or join them once: body:cut(holes)");
  places_.emplace(node.get(), std::move(made_at));
  nodes_.push_back(std::move(node));
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

}  // namespace fitwright
