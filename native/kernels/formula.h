// Formulas: programs of a register machine. A register holds many points at once.
// src/core/networks/formulas/program.ts makes the programs.
#ifndef BASIN_KERNELS_FORMULA_H_
#define BASIN_KERNELS_FORMULA_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernels/pieces.h"

namespace basin {

// Operators with their numbers of operands, in the order and with the names of OPERATORS of
// src/core/networks/formulas/operators.ts.
#define BASIN_FORMULA_OPERATORS(X) \
  X(add, 2) X(sub, 2) X(mul, 2) X(div, 2) X(pow, 2) X(neg, 1) X(less, 2) X(lessEqual, 2) X(where, 3) X(exp, 1)   \
  X(log, 1) X(log1p, 1) X(expm1, 1) X(sqrt, 1) X(abs, 1) X(sign, 1) X(max, 2) X(min, 2) X(sin, 1) X(cos, 1)      \
  X(tanh, 1) X(sigmoid, 1) X(softplus, 1) X(erf, 1) X(erfc, 1) X(relu, 1) X(tanhSlope, 1) X(sigmoidSlope, 1)     \
  X(erfSlope, 1)

enum class FormulaOperator : int32_t {
#define BASIN_OPERATOR(name, operands) k_##name,
  BASIN_FORMULA_OPERATORS(BASIN_OPERATOR)
#undef BASIN_OPERATOR
};
inline constexpr const char* kFormulaOperatorNames[] = {
#define BASIN_OPERATOR(name, operands) #name,
    BASIN_FORMULA_OPERATORS(BASIN_OPERATOR)
#undef BASIN_OPERATOR
};
inline constexpr int kFormulaOperands[] = {
#define BASIN_OPERATOR(name, operands) operands,
    BASIN_FORMULA_OPERATORS(BASIN_OPERATOR)
#undef BASIN_OPERATOR
};

struct FormulaInstruction {
  FormulaOperator operation;
  int32_t first;   // the register of the result
  int32_t second;  // the register of the slope, or -1
  int32_t operands[3];
};

// Registers: variables, constants, then temporaries.
struct FormulaProgram {
  size_t variables;
  std::vector<double> constants;
  size_t registers;
  std::vector<FormulaInstruction> code;
  std::vector<int32_t> outputs;
};

inline constexpr size_t kMostFormulaRegisters = 64;
inline constexpr size_t kMostFormulaVariables = 2;
inline constexpr size_t kMostFormulaOutputs = 3;

// Two programs: one for value and slope, one for value, slope and curvature. `pieces`, tables of all three, replace the
// programs if they are given.
struct Formula {
  FormulaProgram slopes;
  FormulaProgram curvatures;
  std::optional<Pieces> pieces;
};

// outputs[k][i] = output k at point i. `count`, the number of points, is a multiple of kMaxLanes. A null output is not
// computed. An output may occupy the memory of a variable.
template <class T>
void RunFormula(const FormulaProgram& program, size_t count, const T* const* variables, T* const* outputs);

}  // namespace basin

#endif  // BASIN_KERNELS_FORMULA_H_
