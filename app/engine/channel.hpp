// Messages between two processes of one machine: small ones through a socket, their bodies in shared memory.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "geometry/core/result.hpp"

namespace fitwright {

enum class FrameKind : std::uint32_t { request, cancel, progress, response };

struct Frame {
  FrameKind kind = FrameKind::request;
  std::uint32_t reserved = 0;
  std::uint64_t id = 0;             ///< of the request that it is about
  std::uint64_t body = 0;           ///< bytes that follow in shared memory
  double share = 0;                 ///< progress: 0 to 1
  std::array<char, 32> stage = {};  ///< progress: text, ended by a zero
};

/// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return fd_; }
  int release();
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Memory that two processes see. Its owner may grow it, nobody can shrink it under the other's hands.
class SharedMemory {
 public:
  SharedMemory() = default;
  SharedMemory(SharedMemory&& other) noexcept;
  SharedMemory& operator=(SharedMemory&& other) noexcept;
  ~SharedMemory();
  /// Errors: internal (no memory).
  static Result<SharedMemory> make(std::size_t size);
  /// Another process's memory, to be read. Errors: internal (it could shrink).
  static Result<SharedMemory> open(Descriptor descriptor);
  char* data() const { return data_; }
  std::size_t size() const { return size_; }
  int descriptor() const { return descriptor_.get(); }

 private:
  Descriptor descriptor_;
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Lets this process keep memory that it frees. Meshes come and go with every move of a slider, and to have the pages
/// back from the system takes longer than to fill them. To be called first thing in main.
void keep_freed_memory();

/// What came through a channel. The body is overwritten by the other end's next message that has one.
struct Received {
  Frame frame;
  std::string_view body;
};

/// One end of a socket pair. Bodies go through memory that is kept from message to message, so each end sends one with
/// a body only after the other has read the one before. Sending is one thread's, receiving another's.
class Channel {
 public:
  explicit Channel(Descriptor socket) : socket_(std::move(socket)) {}
  /// Both ends. Errors: internal.
  static Result<std::pair<Channel, Channel>> pair();

  /// Errors: internal (the other end is gone, no memory).
  Result<void> send(Frame frame);
  /// The same with a body of `size` bytes, which `fill` writes straight into shared memory.
  Result<void> send(Frame frame, std::size_t size, const std::function<void(char*)>& fill);
  /// The next message; none when the other end is gone. Errors: internal (damaged).
  Result<std::optional<Received>> receive();
  int descriptor() const { return socket_.get(); }

 private:
  Result<void> post(const Frame& frame, int memory);

  Descriptor socket_;
  SharedMemory out_, in_;
};

}  // namespace fitwright
