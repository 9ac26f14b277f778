#include <algorithm>

#include "args.h"
#include "bindings/bindings.h"
#include "kernels/philox.h"

namespace basin {
namespace {

// The largest integer up to which doubles hold every integer.
constexpr double kLargestBlock = 9007199254740991.0;

template <class T = double, class Fill>
void FillStream(const Napi::CallbackInfo& info, const Fill& fill) {
  Arguments args(info);
  Stream stream = {};
  stream.key[0] = args.Word("key[0]");
  stream.key[1] = args.Word("key[1]");
  stream.trial = args.Word("trial");
  stream.purpose = args.Word("purpose");
  const uint64_t firstBlock = args.Integer("firstBlock", kLargestBlock);
  fill(stream, firstBlock, args.WholeArray<T>("out"));
}

}  // namespace

void PhiloxBlock(const Napi::CallbackInfo& info) {
  Arguments args(info);
  std::array<uint32_t, 4> counter;
  std::array<uint32_t, 2> key;
  std::ranges::copy(args.Array<uint32_t>("counter", 4), counter.begin());
  std::ranges::copy(args.Array<uint32_t>("key", 2), key.begin());
  std::ranges::copy(Philox(counter, key), args.Array<uint32_t>("words", 4).begin());
}

void Uniforms(const Napi::CallbackInfo& info) { FillStream(info, FillUniforms); }

void Normals(const Napi::CallbackInfo& info) { FillStream(info, FillNormals); }

void SingleNormals(const Napi::CallbackInfo& info) { FillStream<float>(info, FillSingleNormals); }

}  // namespace basin
