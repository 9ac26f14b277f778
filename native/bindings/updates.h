#ifndef BASIN_BINDINGS_UPDATES_H_
#define BASIN_BINDINGS_UPDATES_H_

#include "args.h"
#include "kernels/updates.h"

namespace basin {

// The starts of a descent: `variables` numbers of each are moved, at most `updates` times in this call.
struct Moved {
  size_t starts;
  size_t variables;
  const int32_t* status;      // (starts): only running starts move
  const int32_t* iterations;  // (starts)
  size_t updates;
};

// Reads the update rule of a descent, which is the last group of its arguments.
Updates ReadUpdates(Arguments& args, const Moved& moved);

}  // namespace basin

#endif  // BASIN_BINDINGS_UPDATES_H_
