#ifndef BASIN_KERNELS_BACKTRACKING_H_
#define BASIN_KERNELS_BACKTRACKING_H_

#include <span>

#include "kernels/descent.h"

namespace basin {

size_t BacktrackingWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput);

// Descend with backtracking: a step that raises the loss is not made, and halves the step size of its start. Between
// calls the state stands at accepted points; a call first evaluates them again, so that it needs no gradient of before
// and the bits do not depend on how a descent is cut into calls.
size_t DescendBacktracking(const Problem& problem, const Descents& state, size_t updates, const StopRule& rule,
                           const int32_t* cancel, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_BACKTRACKING_H_
