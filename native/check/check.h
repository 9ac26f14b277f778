// A small test driver. It counts expectations, places outputs next to guard bands, and runs every check once for each
// instruction set of this machine.
#ifndef BASIN_CHECK_CHECK_H_
#define BASIN_CHECK_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "kernels/geometry.h"

namespace basin::check {

inline size_t failures = 0;
inline size_t expectations = 0;

inline void Expect(bool holds, const std::string& what) {
  ++expectations;
  if (holds) return;
  ++failures;
  std::printf("FAILED: %s\n", what.c_str());
}

// `length` elements that end exactly where the allocation ends, so that the sanitizer detects any access beyond. A
// guard band precedes them; its values must not change.
template <class T>
class Guarded {
 public:
  explicit Guarded(size_t length, T fill = T()) : memory_(kBand + length, fill) {
    std::fill_n(memory_.begin(), kBand, kSentinel);
  }
  T* data() { return memory_.data() + kBand; }
  const T* data() const { return memory_.data() + kBand; }
  size_t size() const { return memory_.size() - kBand; }
  T& operator[](size_t i) { return data()[i]; }
  const T& operator[](size_t i) const { return data()[i]; }
  std::span<T> span() { return {data(), size()}; }
  bool Intact() const {
    for (size_t i = 0; i < kBand; ++i) {
      if (memory_[i] != kSentinel) return false;
    }
    return true;
  }

 private:
  static constexpr size_t kBand = 8;
  static constexpr T kSentinel = static_cast<T>(-12345);
  std::vector<T> memory_;
};

// Aligned scratch memory of exactly the size that a kernel asked for.
class AlignedBytes {
 public:
  explicit AlignedBytes(size_t bytes)
      : bytes_(bytes), memory_(static_cast<std::byte*>(::operator new(bytes, std::align_val_t(kAlignment)))) {}
  std::span<std::byte> span() const { return {memory_.get(), bytes_}; }

 private:
  struct Release {
    void operator()(std::byte* memory) const { ::operator delete(memory, std::align_val_t(kAlignment)); }
  };
  size_t bytes_;
  std::unique_ptr<std::byte, Release> memory_;
};

inline void FillGaussian(std::span<double> out, uint32_t seed, double scale = 1.0) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal(0.0, scale);
  for (double& x : out) x = normal(generator);
}

void CheckVectorMath(const char* target);
void CheckRisk(const char* target);
void CheckLandscape(const char* target);
void CheckRandom(const char* target);
void CheckOnline(const char* target);
void CheckLocalMoments(const char* target);
void CheckLinearAlgebra();

}  // namespace basin::check

#endif  // BASIN_CHECK_CHECK_H_
