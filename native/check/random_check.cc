#include <cmath>

#include "check/check.h"
#include "kernels/philox.h"

namespace basin::check {
namespace {

// The known-answer vectors that come with Random123.
void CheckKnownAnswers(const std::string& target) {
  using Counter = std::array<uint32_t, 4>;
  constexpr uint32_t kOnes = 0xffffffff;
  Expect(Philox({0, 0, 0, 0}, {0, 0}) == Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, target + " zeros");
  Expect(Philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}) ==
             Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, target + " ones");
  Expect(Philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
             Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}, target + " digits of pi");
}

double UniformOf(uint32_t low, uint32_t high) {
  const uint64_t bits = ((static_cast<uint64_t>(high) << 32) | low) >> 11;
  return (static_cast<double>(bits) + 0.5) * 0x1p-53;
}

void CheckUniforms(const std::string& target, size_t length) {
  const Stream stream = {{0x12345678, 0x9abcdef0}, 77, 3};
  const uint64_t firstBlock = 0xfffffffeULL;  // the counter carries into the high word
  Guarded<double> out(length);
  FillUniforms(stream, firstBlock, out.span());
  for (size_t i = 0; i < length; ++i) {
    const uint64_t block = firstBlock + i / 2;
    const auto words = Philox({static_cast<uint32_t>(block), static_cast<uint32_t>(block >> 32), 77, 3}, stream.key);
    const double exact = i % 2 == 0 ? UniformOf(words[0], words[1]) : UniformOf(words[2], words[3]);
    Expect(out[i] == exact, target + " uniform " + std::to_string(i) + " of " + std::to_string(length));
  }
  Expect(out.Intact(), target + " uniforms: wrote before the output");
}

void CheckNormals(const std::string& target, size_t length) {
  const Stream stream = {{1, 2}, 3, 4};
  Guarded<double> uniforms(length + length % 2);
  Guarded<double> out(length);
  FillUniforms(stream, 5, uniforms.span());
  FillNormals(stream, 5, out.span());
  for (size_t i = 0; i < length; ++i) {
    const long double radius = std::sqrt(-2 * std::log(static_cast<long double>(uniforms[i - i % 2])));
    const long double angle = 6.283185307179586476925286766559L * uniforms[i - i % 2 + 1];
    const long double exact = radius * (i % 2 == 0 ? std::cos(angle) : std::sin(angle));
    Expect(std::fabs(out[i] - exact) < 2e-15L, target + " normal " + std::to_string(i));
  }
  Expect(out.Intact(), target + " normals: wrote before the output");
}

// Four normals from the words of a block, as floats.
void CheckSingleNormals(const std::string& target, size_t length) {
  const Stream stream = {{1, 2}, 3, 4};
  const uint64_t firstBlock = 0xfffffffeULL;
  Guarded<float> out(length);
  FillSingleNormals(stream, firstBlock, out.span());
  for (size_t i = 0; i < length; ++i) {
    const uint64_t block = firstBlock + i / 4;
    const auto words = Philox({static_cast<uint32_t>(block), static_cast<uint32_t>(block >> 32), 3, 4}, stream.key);
    const auto uniform = [](uint32_t word) { return (static_cast<float>(word / 2) + 0.5L) * 0x1p-31L; };
    const size_t pair = i % 4 / 2 * 2;
    const long double radius = std::sqrt(-2 * std::log(uniform(words[pair])));
    const long double angle = 6.283185307179586476925286766559L * uniform(words[pair + 1]);
    const long double exact = radius * (i % 2 == 0 ? std::cos(angle) : std::sin(angle));
    Expect(std::fabs(out[i] - exact) < 2e-6L, target + " single normal " + std::to_string(i));
  }
  Expect(out.Intact(), target + " single normals: wrote before the output");
}

}  // namespace

void CheckRandom(const char* target) {
  CheckKnownAnswers(target);
  for (const size_t length : {0, 1, 2, 3, 15, 16, 17, 31, 33, 1000}) {
    CheckUniforms(target, length);
    CheckNormals(target, length);
    CheckSingleNormals(target, length);
  }
}

}  // namespace basin::check
