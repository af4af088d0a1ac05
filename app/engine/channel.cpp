#include "app/engine/channel.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace fitwright {

namespace {

tl::unexpected<Error> failed(std::string_view what) {
  return fail(ErrorKind::internal, fmt::format("{} failed: {}", what, std::generic_category().message(errno)));
}
tl::unexpected<Error> damaged() {
  return fail(ErrorKind::internal, "a message between Fitwright's processes is damaged");
}

union Control {
  cmsghdr header;
  char space[CMSG_SPACE(sizeof(int))];
};

}  // namespace

void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}
Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}
int Descriptor::release() { return std::exchange(fd_, -1); }

SharedMemory::SharedMemory(SharedMemory&& other) noexcept { *this = std::move(other); }
SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}
SharedMemory::~SharedMemory() {
  if (data_) munmap(data_, size_);
}

Result<SharedMemory> SharedMemory::make(std::size_t size) {
  SharedMemory memory;
  memory.descriptor_ = Descriptor(memfd_create("fitwright", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory.descriptor_ || ftruncate(memory.descriptor(), static_cast<off_t>(size)) != 0 ||
      fcntl(memory.descriptor(), F_ADD_SEALS, F_SEAL_SHRINK) != 0)
    return failed("sharing memory");
  void* mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory.descriptor(), 0);
  if (mapped == MAP_FAILED) return failed("sharing memory");
  memory.data_ = static_cast<char*>(mapped);
  memory.size_ = size;
  return memory;
}

Result<SharedMemory> SharedMemory::open(Descriptor descriptor) {
  const int seals = fcntl(descriptor.get(), F_GET_SEALS);
  const off_t size = lseek(descriptor.get(), 0, SEEK_END);
  if (seals < 0 || !(seals & F_SEAL_SHRINK) || size <= 0) return damaged();
  SharedMemory memory;
  void* mapped = mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_SHARED, descriptor.get(), 0);
  if (mapped == MAP_FAILED) return failed("reading shared memory");
  memory.descriptor_ = std::move(descriptor);
  memory.data_ = static_cast<char*>(mapped);
  memory.size_ = static_cast<std::size_t>(size);
  return memory;
}

Result<std::pair<Channel, Channel>> Channel::pair() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return failed("opening a channel");
  return std::pair(Channel(Descriptor(ends[0])), Channel(Descriptor(ends[1])));
}

Result<void> Channel::send(Frame frame) {
  frame.body = 0;
  return post(frame, -1);
}

Result<void> Channel::send(Frame frame, std::size_t size, const std::function<void(char*)>& fill) {
  frame.body = size;
  const bool grown = size > out_.size();
  if (grown) {
    FW_TRY(out_, SharedMemory::make(std::max(size + size / 2, std::size_t{1} << 20)));
  }
  fill(out_.data());
  return post(frame, grown ? out_.descriptor() : -1);
}

// Memory goes along when it is new.
Result<void> Channel::post(const Frame& frame, int memory) {
  iovec part{const_cast<Frame*>(&frame), sizeof frame};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  Control control{};
  if (memory >= 0) {
    message.msg_control = control.space;
    message.msg_controllen = sizeof control.space;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &memory, sizeof memory);
  }
  ssize_t sent = 0;
  do sent = sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent != static_cast<ssize_t>(sizeof frame)) return failed("sending to Fitwright's other process");
  return {};
}

Result<std::optional<Received>> Channel::receive() {
  Received received;
  iovec part{&received.frame, sizeof received.frame};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  Control control{};
  message.msg_control = control.space;
  message.msg_controllen = sizeof control.space;
  ssize_t got = 0;
  do got = recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got == 0 || (got < 0 && errno == ECONNRESET)) return std::nullopt;
  if (got < 0) return failed("receiving from Fitwright's other process");
  if (const cmsghdr* header = CMSG_FIRSTHDR(&message);
      header && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof(int))) {
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    FW_TRY(in_, SharedMemory::open(Descriptor(fd)));
  }
  if (got != static_cast<ssize_t>(sizeof received.frame) || received.frame.body > in_.size()) return damaged();
  received.frame.stage.back() = 0;
  received.body = {in_.data(), received.frame.body};
  return received;
}

}  // namespace fitwright
