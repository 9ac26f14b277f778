#include "args.h"
#include "bindings/bindings.h"
#include "kernels/local_moments.h"

namespace basin {

void LocalMomentsAtPoints(const Napi::CallbackInfo& info) {
  Arguments args(info);
  LocalSamples at = {};
  at.samples = args.Size("samples");
  at.dimension = args.Size("dimension");
  at.inputs = args.Doubles("inputs", Times(PaddedSamples(at.samples), at.dimension)).data();
  at.bandwidth = args.Number("bandwidth");
  LocalPoints points = {};
  const size_t count = points.count = args.Size("count");
  points.points = args.Doubles("points", Times(count, at.dimension)).data();
  points.leftOut = args.Size("leftOut");
  points.shares = args.Doubles("shares", count).data();
  points.means = args.Doubles("means", Times(count, at.dimension)).data();
  points.covariances = args.Doubles("covariances", Times(count, Times(at.dimension, at.dimension))).data();
  const Scratch scratch(args.env(), LocalMomentsWorkspaceBytes(at.samples, at.dimension, count));
  LocalMoments(at, points, scratch);
}

}  // namespace basin
