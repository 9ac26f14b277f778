// Conversion of JavaScript values into spans and numbers. Arguments are refused here and nowhere else. TypeScript has
// validated the values; this file checks again what memory safety needs: types, lengths and sizes.
#ifndef BASIN_ARGS_H_
#define BASIN_ARGS_H_

#include <napi.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>

#include "kernels/geometry.h"

namespace basin {

template <class T>
struct ElementType;
template <>
struct ElementType<double> {
  static constexpr napi_typedarray_type kType = napi_float64_array;
  static constexpr const char* kName = "Float64Array";
};
template <>
struct ElementType<float> {
  static constexpr napi_typedarray_type kType = napi_float32_array;
  static constexpr const char* kName = "Float32Array";
};
template <>
struct ElementType<int32_t> {
  static constexpr napi_typedarray_type kType = napi_int32_array;
  static constexpr const char* kName = "Int32Array";
};
template <>
struct ElementType<uint32_t> {
  static constexpr napi_typedarray_type kType = napi_uint32_array;
  static constexpr const char* kName = "Uint32Array";
};

// a b, or the largest size when the product does not fit. No array is that long.
inline size_t Times(size_t a, size_t b) {
  size_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? SIZE_MAX : product;
}

// Reads the arguments of one call in order.
class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  Napi::Env env() const { return info_.Env(); }

  double Number(const char* name) {
    const Napi::Value value = Next();
    if (!value.IsNumber()) Refuse(name, "a number", value);
    return value.As<Napi::Number>().DoubleValue();
  }

  bool Boolean(const char* name) {
    const Napi::Value value = Next();
    if (!value.IsBoolean()) Refuse(name, "a boolean", value);
    return value.As<Napi::Boolean>().Value();
  }

  // An integer in [0, limit].
  uint64_t Integer(const char* name, double limit) {
    const Napi::Value value = Next();
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1.0;
    if (!(number >= 0.0 && number <= limit) || number != std::floor(number)) {
      Refuse(name, "an integer from 0 to " + std::to_string(static_cast<uint64_t>(limit)), value);
    }
    return static_cast<uint64_t>(number);
  }
  size_t Size(const char* name) { return static_cast<size_t>(Integer(name, kLargestSize)); }
  uint32_t Word(const char* name) { return static_cast<uint32_t>(Integer(name, 4294967295.0)); }

  // A typed array of any length. The data pointer is read directly because the buffer may be a SharedArrayBuffer.
  template <class T>
  std::span<T> WholeArray(const char* name) {
    const Napi::Value value = Next();
    napi_typedarray_type type = napi_int8_array;
    size_t length = 0;
    void* data = nullptr;
    if (!value.IsTypedArray() ||
        napi_get_typedarray_info(env(), value, &type, &length, &data, nullptr, nullptr) != napi_ok ||
        type != ElementType<T>::kType) {
      Refuse(name, std::string("a ") + ElementType<T>::kName, value);
    }
    return {static_cast<T*>(data), length};
  }

  // A typed array of at least `length` elements.
  template <class T>
  std::span<T> Array(const char* name, size_t length) {
    const std::span<T> whole = WholeArray<T>(name);
    if (whole.size() >= length) return whole.first(length);
    Refuse(name, std::to_string(length) + " elements or more",
           Napi::Number::New(env(), static_cast<double>(whole.size())));
  }
  std::span<double> Doubles(const char* name, size_t length) { return Array<double>(name, length); }

  // A typed array or undefined.
  template <class T>
  T* OptionalArray(const char* name, size_t length) {
    if (!info_[next_].IsUndefined()) return Array<T>(name, length).data();
    ++next_;
    return nullptr;
  }

  [[noreturn]] void Refuse(const char* name, const std::string& expected, const Napi::Value& got) const {
    throw Napi::TypeError::New(env(), std::string(name) + " must be " + expected + ", got " +
                                          got.ToString().Utf8Value().substr(0, 40));
  }

 private:
  // BLAS takes 32-bit dimensions.
  static constexpr double kLargestSize = 2147483647.0;

  Napi::Value Next() { return info_[next_++]; }

  const Napi::CallbackInfo& info_;
  size_t next_ = 0;
};

// Scratch memory of one call, aligned for whole vectors.
class Scratch {
 public:
  Scratch(Napi::Env env, size_t bytes)
      : bytes_(std::max<size_t>(bytes, kAlignment)),
        memory_(static_cast<std::byte*>(::operator new(bytes_, std::align_val_t(kAlignment), std::nothrow))) {
    if (memory_ == nullptr) throw Napi::Error::New(env, "out of memory: " + std::to_string(bytes_) + " bytes of scratch");
  }

  operator std::span<std::byte>() const { return {memory_.get(), bytes_}; }

 private:
  struct Release {
    void operator()(std::byte* memory) const { ::operator delete(memory, std::align_val_t(kAlignment)); }
  };

  size_t bytes_;
  std::unique_ptr<std::byte, Release> memory_;
};

}  // namespace basin

#endif  // BASIN_ARGS_H_
