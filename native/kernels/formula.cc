#include "kernels/formula.h"

#include <algorithm>

#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/formula.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/formula-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

// Number of points that the program processes at a time. All registers then stay in the first-level cache, and the cost
// of reading an instruction is small.
constexpr size_t kPiece = 3 * kBlock;

template <class T>
struct Registers {
  T* values;  // (registers, kPiece)
  size_t points;

  T* At(int32_t index) const { return values + static_cast<size_t>(index) * kPiece; }
};

template <class T, class Function>
HWY_INLINE void One(const Registers<T>& r, const FormulaInstruction& i, const Function& function) {
  constexpr Tag<T> kTag;
  const T* const a = r.At(i.operands[0]);
  T* const out = r.At(i.first);
  for (size_t k = 0; k < r.points; k += kLanesOf<T>) hn::StoreU(function(hn::LoadU(kTag, a + k)), kTag, out + k);
}

template <class T, class Function>
HWY_INLINE void Two(const Registers<T>& r, const FormulaInstruction& i, const Function& function) {
  constexpr Tag<T> kTag;
  const T* const a = r.At(i.operands[0]);
  const T* const b = r.At(i.operands[1]);
  T* const out = r.At(i.first);
  for (size_t k = 0; k < r.points; k += kLanesOf<T>) {
    hn::StoreU(function(hn::LoadU(kTag, a + k), hn::LoadU(kTag, b + k)), kTag, out + k);
  }
}

// A value, and its slope if it is wanted.
template <class T, class Function>
HWY_INLINE void Pair(const Registers<T>& r, const FormulaInstruction& i, const Function& function) {
  constexpr Tag<T> kTag;
  if (i.second < 0) return One(r, i, [&](auto x) { return function(x).value; });
  const T* const a = r.At(i.operands[0]);
  T* const value = r.At(i.first);
  T* const slope = r.At(i.second);
  for (size_t k = 0; k < r.points; k += kLanesOf<T>) {
    const ValueSlope<T> both = function(hn::LoadU(kTag, a + k));
    hn::StoreU(both.value, kTag, value + k);
    hn::StoreU(both.slope, kTag, slope + k);
  }
}

template <class T>
HWY_INLINE void Choose(const Registers<T>& r, const FormulaInstruction& i) {
  constexpr Tag<T> kTag;
  const T* const condition = r.At(i.operands[0]);
  const T* const yes = r.At(i.operands[1]);
  const T* const no = r.At(i.operands[2]);
  T* const out = r.At(i.first);
  for (size_t k = 0; k < r.points; k += kLanesOf<T>) {
    const auto isNot = hn::Eq(hn::LoadU(kTag, condition + k), Zero<T>());
    hn::StoreU(hn::IfThenElse(isNot, hn::LoadU(kTag, no + k), hn::LoadU(kTag, yes + k)), kTag, out + k);
  }
}

template <class T>
void Perform(const Registers<T>& r, const FormulaInstruction& i) {
  using X = Vector<T>;
  using Op = FormulaOperator;
  const Activation plain = {};
  const auto sigmoid = [&](X x) { return Sigmoid<T, true>(plain).At(x); };
  const auto tanh = [&](X x) { return Tanh<T>(plain).At(x); };
  switch (i.operation) {
    case Op::k_add: return Two(r, i, [](X a, X b) { return hn::Add(a, b); });
    case Op::k_sub: return Two(r, i, [](X a, X b) { return hn::Sub(a, b); });
    case Op::k_mul: return Two(r, i, [](X a, X b) { return hn::Mul(a, b); });
    case Op::k_div: return Two(r, i, [](X a, X b) { return hn::Div(a, b); });
    case Op::k_pow: return Two(r, i, [](X a, X b) { return ByLanes<T>([](T x, T y) { return std::pow(x, y); }, a, b); });
    case Op::k_neg: return One(r, i, [](X a) { return hn::Neg(a); });
    case Op::k_less: return Two(r, i, [](X a, X b) { return Truth<T>(hn::Lt(a, b)); });
    case Op::k_lessEqual: return Two(r, i, [](X a, X b) { return Truth<T>(hn::Le(a, b)); });
    case Op::k_where: return Choose(r, i);
    case Op::k_exp: return One(r, i, [](X a) { return FormulaExp<T>(a); });
    case Op::k_log: return One(r, i, [](X a) { return FormulaLog<T>(a); });
    case Op::k_log1p: return One(r, i, [](X a) { return FormulaLog1p<T>(a); });
    case Op::k_expm1: return One(r, i, [](X a) { return FormulaExpm1<T>(a); });
    case Op::k_sqrt: return One(r, i, [](X a) { return hn::Sqrt(a); });
    case Op::k_abs: return One(r, i, [](X a) { return hn::Abs(a); });
    case Op::k_sign: return One(r, i, [](X a) { return FormulaSign<T>(a); });
    case Op::k_max: return Two(r, i, [](X a, X b) { return FormulaMax<T>(a, b); });
    case Op::k_min: return Two(r, i, [](X a, X b) { return FormulaMin<T>(a, b); });
    case Op::k_sin: return One(r, i, [](X a) { return FormulaSin<T>(a); });
    case Op::k_cos: return One(r, i, [](X a) { return FormulaCos<T>(a); });
    case Op::k_tanh: return Pair(r, i, tanh);
    case Op::k_sigmoid: return Pair(r, i, sigmoid);
    case Op::k_softplus: return Pair(r, i, [&](X x) { return Softplus<T, true>(Activation{{}, {1.0, 0.0}}).At(x); });
    case Op::k_erf: return Pair(r, i, [](X x) { return FormulaErf<T>(x); });
    case Op::k_erfc: return One(r, i, [](X a) { return ByLanes<T>([](T x, T) { return std::erfc(x); }, a, a); });
    case Op::k_relu: return One(r, i, [](X a) { return AtLeast(a, 0.0); });
    case Op::k_tanhSlope: return One(r, i, [&](X x) { return tanh(x).slope; });
    case Op::k_sigmoidSlope: return One(r, i, [&](X x) { return sigmoid(x).slope; });
    case Op::k_erfSlope: return One(r, i, [](X x) { return FormulaErf<T>(x).slope; });
  }
}

}  // namespace

template <class T>
void RunProgram(const FormulaProgram& program, size_t count, const T* const* variables, T* const* outputs) {
  alignas(kAlignment) T memory[kMostFormulaRegisters * kPiece];
  for (size_t c = 0; c < program.constants.size(); ++c) {
    std::fill_n(memory + (program.variables + c) * kPiece, std::min(kPiece, count), static_cast<T>(program.constants[c]));
  }
  for (size_t first = 0; first < count; first += kPiece) {
    const Registers<T> registers = {memory, std::min(kPiece, count - first)};
    for (size_t v = 0; v < program.variables; ++v) std::copy_n(variables[v] + first, registers.points, memory + v * kPiece);
    for (const FormulaInstruction& instruction : program.code) Perform(registers, instruction);
    for (size_t o = 0; o < program.outputs.size(); ++o) {
      if (outputs[o] == nullptr) continue;
      std::copy_n(registers.At(program.outputs[o]), registers.points, outputs[o] + first);
    }
  }
}

void RunDoubles(const FormulaProgram& program, size_t count, const double* const* variables, double* const* outputs) {
  RunProgram(program, count, variables, outputs);
}
void RunFloats(const FormulaProgram& program, size_t count, const float* const* variables, float* const* outputs) {
  RunProgram(program, count, variables, outputs);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(RunDoubles);
HWY_EXPORT(RunFloats);

template <>
void RunFormula(const FormulaProgram& program, size_t count, const double* const* variables, double* const* outputs) {
  HWY_DYNAMIC_DISPATCH(RunDoubles)(program, count, variables, outputs);
}
template <>
void RunFormula(const FormulaProgram& program, size_t count, const float* const* variables, float* const* outputs) {
  HWY_DYNAMIC_DISPATCH(RunFloats)(program, count, variables, outputs);
}

}  // namespace basin
#endif  // HWY_ONCE
