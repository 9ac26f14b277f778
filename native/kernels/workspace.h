#ifndef BASIN_KERNELS_WORKSPACE_H_
#define BASIN_KERNELS_WORKSPACE_H_

#include <cassert>
#include <cstddef>
#include <span>

#include "kernels/geometry.h"

namespace basin {

// Hands out aligned parts of one buffer that the caller owns. Without a buffer it only counts, so that the same code
// that takes the parts also computes the size of the buffer.
class Workspace {
 public:
  Workspace() = default;
  explicit Workspace(std::span<std::byte> buffer) : buffer_(buffer) {}

  template <class T>
  T* Take(size_t count) {
    std::byte* const part = buffer_.empty() ? nullptr : buffer_.data() + used_;
    used_ += (count * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
    assert(buffer_.empty() || used_ <= buffer_.size());
    return reinterpret_cast<T*>(part);
  }

  size_t used() const { return used_; }

 private:
  std::span<std::byte> buffer_;
  size_t used_ = 0;
};

}  // namespace basin

#endif  // BASIN_KERNELS_WORKSPACE_H_
