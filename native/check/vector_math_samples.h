#ifndef BASIN_CHECK_VECTOR_MATH_SAMPLES_H_
#define BASIN_CHECK_VECTOR_MATH_SAMPLES_H_

#include <span>

#include "kernels/geometry.h"

namespace basin::check {

enum class Function { kExp, kLog, kLog1pUnit, kLog1Minus, kErf, kCosTurn, kSinTurn };

// out[i] = function(in[i]), computed by the vector code.
void Apply(Function function, std::span<const double> in, std::span<double> out);

// The activation and its first two derivatives, computed by the vector code.
void ApplyActivation(const Activation& activation, std::span<const double> in, std::span<double> value,
                     std::span<double> slope, std::span<double> curvature);

}  // namespace basin::check

#endif  // BASIN_CHECK_VECTOR_MATH_SAMPLES_H_
