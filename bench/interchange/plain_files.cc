#include "bench/interchange/plain_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <filesystem>

namespace seatwise {
namespace {

constexpr int64_t kReadBlock = int64_t{512} << 10;
constexpr int64_t kWriteBlock = int64_t{1} << 20;

int64_t CountNewlines(const char* data, size_t size) {
  int64_t count = 0;
  const char* const end = data + size;
  while ((data = static_cast<const char*>(
              std::memchr(data, '\n', static_cast<size_t>(end - data)))) != nullptr) {
    ++count;
    ++data;
  }
  return count;
}

int64_t SplitFile(const std::string& path, Executor& executor) {
  const int fd = open(path.c_str(), O_RDONLY);
  if (fd < 0) return 0;
  std::atomic<int64_t> next = 0;
  std::atomic<int64_t> lines = 0;
  executor.Run(executor.threads(), [&](int) {
    std::vector<char> buffer(kReadBlock);
    for (;;) {
      const ssize_t size = pread(fd, buffer.data(), kReadBlock, kReadBlock * next++);
      if (size <= 0) return;
      lines += CountNewlines(buffer.data(), static_cast<size_t>(size));
    }
  });
  close(fd);
  return lines;
}

bool WriteFile(const std::string& path, int64_t bytes, const std::vector<char>& block) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  bool ok = fd >= 0;
  while (ok && bytes > 0) {
    const int64_t size = std::min(bytes, kWriteBlock);
    ok = write(fd, block.data(), static_cast<size_t>(size)) == size;
    bytes -= size;
  }
  if (fd >= 0) close(fd);
  return ok;
}

}  // namespace

int64_t SplitFolder(const std::string& dir, Executor& executor) {
  int64_t lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir)) {
    lines += SplitFile(entry.path().string(), executor);
  }
  return lines;
}

bool WritePlainly(const std::vector<std::string>& paths, int64_t bytes, Executor& executor) {
  const std::vector<char> block(kWriteBlock, 'x');
  const auto files = static_cast<int64_t>(paths.size());
  std::atomic<bool> ok = true;
  executor.Run(static_cast<int>(files), [&](int i) {
    const int64_t share = bytes * (i + 1) / files - bytes * i / files;
    if (!WriteFile(paths[static_cast<size_t>(i)], share, block)) ok = false;
  });
  return ok;
}

}  // namespace seatwise
