// Values and derivatives from the pre-activations of a block. A functor computes them vector by vector when they are
// read; a formula computes all rows in advance.
#if defined(BASIN_KERNELS_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_ROWS_INL_H_
#undef BASIN_KERNELS_ROWS_INL_H_
#else
#define BASIN_KERNELS_ROWS_INL_H_
#endif

#include <iterator>

#include "kernels/activations-inl.h"
#include "kernels/formula.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

// Rows (count) for phi, phi' and phi''.
template <class T>
struct CurvedRows {
  T* values;
  T* slopes;
  T* curvatures;
};

template <class T, class Act>
struct FunctorRows {
  static constexpr Tag<T> kTag = {};
  const Act& act;

  HWY_INLINE void Prepare(T*, T*, size_t) const {}
  HWY_INLINE ValueSlope<T> At(const T* z, const T*) const { return act.At(hn::LoadU(kTag, z)); }

  HWY_INLINE void PrepareCurved(const T*, const CurvedRows<T>&, size_t) const {}
  HWY_INLINE ValueSlopeCurvature<T> Curved(const T* z, const CurvedRows<T>&, size_t) const {
    return act.Curved(hn::LoadU(kTag, z));
  }
};

template <class T>
struct FormulaRows {
  static constexpr Tag<T> kTag = {};
  const Formula& formula;

  // Overwrites the pre-activations with phi'.
  HWY_INLINE void Prepare(T* rows, T* values, size_t count) const {
    const T* const in[] = {rows};
    T* const out[] = {values, rows};
    if (formula.pieces) return RunPieces<T>(*formula.pieces, std::size(out), count, rows, out);
    RunFormula<T>(formula.slopes, count, in, out);
  }
  HWY_INLINE ValueSlope<T> At(const T* slope, const T* value) const {
    return {hn::LoadU(kTag, value), hn::LoadU(kTag, slope)};
  }

  HWY_INLINE void PrepareCurved(const T* rows, const CurvedRows<T>& out, size_t count) const {
    const T* const in[] = {rows};
    T* const results[] = {out.values, out.slopes, out.curvatures};
    if (formula.pieces) return RunPieces<T>(*formula.pieces, std::size(results), count, rows, results);
    RunFormula<T>(formula.curvatures, count, in, results);
  }
  HWY_INLINE ValueSlopeCurvature<T> Curved(const T*, const CurvedRows<T>& out, size_t k) const {
    return {hn::LoadU(kTag, out.values + k), hn::LoadU(kTag, out.slopes + k), hn::LoadU(kTag, out.curvatures + k)};
  }
};

// Calls body(rows) with the FunctorRows or FormulaRows of `activation`.
template <class T = double, class Body>
HWY_INLINE void WithRows(const Activation& activation, const Body& body) {
  if (activation.formula != nullptr) return body(FormulaRows<T>{*activation.formula});
  WithActivation<T>(activation, [&](const auto& act) { body(FunctorRows<T, std::decay_t<decltype(act)>>{act}); });
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_ROWS_INL_H_
