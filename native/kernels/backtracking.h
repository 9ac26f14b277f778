#ifndef BASIN_KERNELS_BACKTRACKING_H_
#define BASIN_KERNELS_BACKTRACKING_H_

#include <span>

#include "kernels/descent.h"

namespace basin {

size_t BacktrackingWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput);

// Descend with backtracking. A step that would raise the loss is not made; the step size of its start is halved
// instead. Between calls the state holds accepted points. A call first evaluates them again: it then needs no gradient
// of the previous call, and the bits do not depend on how a descent is cut into calls.
size_t DescendBacktracking(const Problem& problem, const Descents& state, size_t updates, const StopRule& rule,
                           const int32_t* cancel, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_BACKTRACKING_H_
