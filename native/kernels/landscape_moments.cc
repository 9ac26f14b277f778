#include "kernels/landscape_moments.h"

#include <algorithm>

#include "kernels/linear_algebra.h"

namespace basin {
namespace {

double Dot(const double* a, const double* b, size_t length) {
  double sum = 0.0;
  for (size_t j = 0; j < length; ++j) sum += a[j] * b[j];
  return sum;
}

double Trace(const double* matrix, size_t n) {
  double sum = 0.0;
  for (size_t i = 0; i < n; ++i) sum += matrix[i * n + i];
  return sum;
}

void AddScaled(double factor, const double* x, double* to, size_t length) {
  for (size_t j = 0; j < length; ++j) to[j] += factor * x[j];
}

}  // namespace

MomentBuffers::MomentBuffers(size_t rows, size_t dimension, Workspace& workspace)
    : image(workspace.Take<double>(rows * dimension)),
      product(workspace.Take<double>(rows * dimension)),
      weighted(workspace.Take<double>(rows * rows)),
      gram(workspace.Take<double>(rows * rows)),
      outer(workspace.Take<double>(dimension * dimension)),
      squares(workspace.Take<double>(dimension)),
      mixed(workspace.Take<double>(dimension)) {}

// With M the second moment, w the mass, B = A A', H = A M, C = H A', N = tr B and c = 1 + mu:
//   all = -2 N tr C - 4 tr(B C) + w (N^2 + 2 |B|^2),   diagonal = sum_m (-6 B_mm C_mm + 3 w B_mm^2)
// The gradient of all is (-4 tr C + 4 w N) A - 4 N H - 8 (C A + B H) + 8 w B A.
double AddIsotropic(const LandscapeMoments& moments, double sign, double mu, const LandscapeRows& at,
                    const MomentBuffers& buffers) {
  if (moments.second == nullptr) return 0.0;
  const size_t k = at.rows;
  const size_t d = at.dimension;
  const double c = 1.0 + mu;
  const double w = moments.mass;
  Multiply({k, d, d, false, false}, at.a, moments.second, buffers.image);
  Multiply({k, k, d, false, true}, buffers.image, at.a, buffers.weighted);
  Multiply({k, k, d, false, true}, at.a, at.a, buffers.gram);
  const double traceC = Trace(buffers.weighted, k);
  const double norm = Trace(buffers.gram, k);
  double loss = -2.0 * norm * traceC - 4.0 * Dot(buffers.gram, buffers.weighted, k * k) +
                w * (norm * norm + 2.0 * Dot(buffers.gram, buffers.gram, k * k));
  Multiply({k, d, k, false, false}, buffers.gram, buffers.image, buffers.product);
  for (size_t m = 0; m < k; ++m) {
    const double own = buffers.gram[m * k + m];
    const double weighted = buffers.weighted[m * k + m];
    double* const gradient = at.gradient + m * d;
    loss -= c * (-6.0 * own * weighted + 3.0 * w * own * own);
    AddScaled(sign * (-4.0 * traceC + 4.0 * w * norm + 12.0 * c * (weighted - w * own)), at.a + m * d, gradient, d);
    AddScaled(sign * (-4.0 * norm + 12.0 * c * own), buffers.image + m * d, gradient, d);
    AddScaled(-8.0 * sign, buffers.product + m * d, gradient, d);
  }
  for (size_t i = 0; i < k * k; ++i) buffers.gram[i] = 8.0 * (w * buffers.gram[i] - buffers.weighted[i]);
  Multiply({k, d, k, false, false}, buffers.gram, at.a, buffers.product);
  AddScaled(sign, buffers.product, at.gradient, k * d);
  return sign * loss;
}

// With V the third moment, F the fourth, B = A'A (d, d), e its diagonal and r_j = sum_a V_ja B_aj:
//   all = 4 sum_j e_j r_j + sum_j F_j e_j^2,   t2(m) = 4 sum_ja V_ja a_ma a_mj^3 + sum_j F_j a_mj^4
double AddHigherDerivatives(const LandscapeMoments& moments, double sign, double mu, const LandscapeRows& at,
                            const MomentBuffers& buffers) {
  if (moments.third == nullptr || moments.fourth == nullptr) return 0.0;
  const size_t d = at.dimension;
  const double c = 1.0 + mu;
  const double* const v = moments.third;
  const double* const f = moments.fourth;
  double* const e = buffers.squares;
  double* const r = buffers.mixed;
  Multiply({d, d, at.rows, true, false}, at.a, at.a, buffers.outer);
  double loss = 0.0;
  for (size_t j = 0; j < d; ++j) {
    e[j] = buffers.outer[j * d + j];
    r[j] = Dot(v + j * d, buffers.outer + j * d, d);
    loss += 4.0 * e[j] * r[j] + f[j] * e[j] * e[j];
  }
  for (size_t m = 0; m < at.rows; ++m) {
    const double* const a = at.a + m * d;
    double* const gradient = at.gradient + m * d;
    for (size_t j = 0; j < d; ++j) {
      const double image = Dot(v + j * d, a, d);
      const double square = a[j] * a[j];
      loss -= c * (4.0 * image * square * a[j] + f[j] * square * square);
      gradient[j] += sign * (8.0 * a[j] * r[j] + 4.0 * e[j] * image + 4.0 * f[j] * e[j] * a[j] -
                             c * (12.0 * square * image + 4.0 * f[j] * square * a[j]));
      AddScaled(4.0 * sign * a[j] * (e[j] - c * square), v + j * d, gradient, d);
    }
  }
  return sign * loss;
}

double AddPenalty(double penalty, const LandscapeRows& at) {
  if (penalty == 0.0) return 0.0;
  double loss = 0.0;
  for (size_t m = 0; m < at.rows; ++m) {
    const double* const a = at.a + m * at.dimension;
    const double excess = Dot(a, a, at.dimension) - 1.0;
    loss += penalty * excess * excess;
    AddScaled(4.0 * penalty * excess, a, at.gradient + m * at.dimension, at.dimension);
  }
  return loss;
}

}  // namespace basin
