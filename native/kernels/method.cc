#include "kernels/method.h"

namespace basin {
namespace {

double Dot(const double* a, const double* b, size_t length) {
  double sum = 0.0;
  for (size_t j = 0; j < length; ++j) sum += a[j] * b[j];
  return sum;
}

void Normalise(double* row, size_t length) {
  const double norm = std::sqrt(Dot(row, row, length));
  for (size_t j = 0; j < length; ++j) row[j] /= norm;
}

}  // namespace

double Stationarity(const Method& method, const double* weights, const double* gradient) {
  const size_t length = method.rowLength;
  double squares = 0.0;
  for (size_t m = 0; m < method.rows; ++m) {
    const double* const row = weights + m * length;
    const double* const g = gradient + m * length;
    const double along = method.unitRows ? Dot(g, row, length) / Dot(row, row, length) : 0.0;
    for (size_t j = 0; j < length; ++j) squares += (g[j] - along * row[j]) * (g[j] - along * row[j]);
  }
  return std::sqrt(squares);
}

void Update(const Method& method, const MethodState& state, double* gradient) {
  const double made = static_cast<double>(*state.iterations);
  const double stepSize = method.stepSize * method.updates.Factor(*state.iterations);
  Turn(method.updates, method.updates.moments, &made, 1, method.weights(), gradient);
  for (size_t j = 0; j < method.weights(); ++j) state.weights[j] -= stepSize * gradient[j];
  if (method.unitRows) {
    for (size_t m = 0; m < method.rows; ++m) Normalise(state.weights + m * method.rowLength, method.rowLength);
  }
  ++*state.iterations;
}

// Another thread may write the flag while it is polled here.
bool IsSet(const int32_t* cancel) { return cancel != nullptr && __atomic_load_n(cancel, __ATOMIC_RELAXED) != 0; }

}  // namespace basin
