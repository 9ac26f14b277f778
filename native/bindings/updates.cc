#include "bindings/updates.h"

namespace basin {
namespace {

// The number of factors that the running starts may read.
size_t FactorCount(Arguments& args, const Moved& moved, size_t first) {
  size_t count = 0;
  for (size_t l = 0; l < moved.starts; ++l) {
    if (moved.status[l] != kRunning) continue;
    const int64_t ahead = static_cast<int64_t>(moved.iterations[l]) - static_cast<int64_t>(first);
    if (ahead < 0) {
      args.Refuse("firstFactor", "at most the iterations of every running start",
                  Napi::Number::New(args.env(), static_cast<double>(first)));
    }
    count = std::max(count, static_cast<size_t>(ahead) + moved.updates);
  }
  return count;
}

}  // namespace

Updates ReadUpdates(Arguments& args, const Moved& moved) {
  Updates updates = {};
  updates.rule = static_cast<UpdateRule>(args.Integer("rule", std::size(kUpdateRuleNames) - 1));
  updates.momentum = args.Number("momentum");
  updates.firstFactor = args.Size("firstFactor");
  updates.factors = args.OptionalArray<double>("factors", FactorCount(args, moved, updates.firstFactor));
  const size_t length = Times(moved.starts, moved.variables);
  updates.moments.first = args.OptionalArray<double>("firstMoment", length);
  updates.moments.second = args.OptionalArray<double>("secondMoment", length);
  const bool isMissing = updates.moments.first == nullptr || updates.moments.second == nullptr;
  if (updates.rule != UpdateRule::kGd && isMissing && length > 0) {
    args.Refuse("firstMoment", "given with secondMoment for a rule that has moments", args.env().Undefined());
  }
  return updates;
}

}  // namespace basin
