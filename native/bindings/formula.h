#ifndef BASIN_BINDINGS_FORMULA_H_
#define BASIN_BINDINGS_FORMULA_H_

#include "args.h"
#include "kernels/formula.h"

namespace basin {

// The formula that has the number `defineFormula` returned.
const Formula& KnownFormula(Arguments& args, uint64_t number);

}  // namespace basin

#endif  // BASIN_BINDINGS_FORMULA_H_
