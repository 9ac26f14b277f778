#include "bindings/problem.h"

#include <iterator>

#include "bindings/formula.h"
#include "runtime.h"

namespace basin {
namespace {

constexpr double kMostCodes = 2147483647.0;

Geometry ReadGeometry(Arguments& args) {
  const size_t samples = args.Size("samples");
  const size_t dimension = args.Size("dimension");
  const size_t strides = args.Size("strides");
  const size_t rows = args.Size("rows");
  if (strides == 0 || dimension % strides != 0) {
    args.Refuse("strides", "a divisor of the dimension", Napi::Number::New(args.env(), static_cast<double>(strides)));
  }
  return {samples, dimension, strides, rows, CurrentBlocking()};
}

// Codes from `words` on are formulas: code - words is the number of the formula.
const Formula* ReadFormula(Arguments& args, uint64_t code, size_t words) {
  return code < words ? nullptr : &KnownFormula(args, code - words);
}

}  // namespace

Activation ReadActivation(Arguments& args) {
  const uint64_t code = args.Integer("activation", kMostCodes);
  const double first = args.Number("activation parameter 0");
  const double second = args.Number("activation parameter 1");
  const Formula* const formula = ReadFormula(args, code, std::size(kActivationNames));
  return {static_cast<ActivationKind>(formula == nullptr ? code : 0), {first, second}, formula};
}

ChosenLoss ReadLoss(Arguments& args) {
  const uint64_t code = args.Integer("loss", kMostCodes);
  const Formula* const formula = ReadFormula(args, code, std::size(kLossNames));
  return {static_cast<Loss>(formula == nullptr ? code : 0), formula};
}

template <class T>
ProblemOf<T> ReadProblem(Arguments& args) {
  ProblemOf<T> problem = {};
  problem.shape = ReadGeometry(args);
  problem.inputs = args.Array<T>("inputs", Times(PaddedSamples(problem.shape.samples), problem.shape.dimension)).data();
  problem.activation = ReadActivation(args);
  return problem;
}

template <class T>
void ReadLabels(Arguments& args, ProblemOf<T>& problem) {
  problem.labels = args.Array<T>("labels", problem.shape.samples).data();
  const ChosenLoss chosen = ReadLoss(args);
  problem.loss = chosen.loss;
  problem.lossFormula = chosen.formula;
}

template Problem ReadProblem(Arguments& args);
template ProblemOf<float> ReadProblem(Arguments& args);
template void ReadLabels(Arguments& args, Problem& problem);
template void ReadLabels(Arguments& args, ProblemOf<float>& problem);

PointArrays ReadPoints(Arguments& args, const Geometry& shape, size_t starts, const char* weights,
                       const char* outputWeights) {
  double* const w = args.Doubles(weights, Times(starts, Times(shape.rows, shape.rowLength()))).data();
  double* const v = args.Doubles(outputWeights, Times(starts, Times(shape.strides, shape.rows))).data();
  return {w, v};
}

}  // namespace basin
