#include <algorithm>
#include <cmath>

#include "check/check.h"
#include "kernels/local_moments.h"
#include "kernels/packing.h"

namespace basin::check {
namespace {

struct Exact {
  long double share = 0.0L;
  std::vector<long double> mean;
  std::vector<long double> covariance;
};

// Moments about the point in long double; the differences X_i - x are in long double too.
Exact ExactMoments(const std::vector<double>& samples, size_t d, const double* x, double h, size_t leftOut) {
  const size_t n = samples.size() / d;
  Exact exact = {0.0L, std::vector<long double>(d), std::vector<long double>(d * d)};
  long double nearest = INFINITY;
  const auto squared = [&](size_t i) {
    long double sum = 0.0L;
    for (size_t j = 0; j < d; ++j) {
      const long double y = samples[i * d + j] - static_cast<long double>(x[j]);
      sum += y * y;
    }
    return sum;
  };
  size_t found = 0;
  for (size_t i = 0; i < n; ++i) {
    if (i != leftOut && squared(i) < nearest) {
      nearest = squared(i);
      found = i;
    }
  }
  long double total = 0.0L;
  for (size_t i = 0; i < n; ++i) {
    if (i == leftOut) continue;
    const long double w = std::exp(-(squared(i) - nearest) / (2.0L * h * h));
    total += w;
    const bool elsewhere = !std::equal(samples.begin() + i * d, samples.begin() + (i + 1) * d, samples.begin() + found * d);
    if (elsewhere) exact.share += w;
    for (size_t j = 0; j < d; ++j) {
      const long double y = samples[i * d + j] - static_cast<long double>(x[j]);
      exact.mean[j] += w * y;
      for (size_t k = 0; k < d; ++k) exact.covariance[j * d + k] += w * y * (samples[i * d + k] - static_cast<long double>(x[k]));
    }
  }
  exact.share /= total;
  for (long double& m : exact.mean) m /= total;
  for (size_t j = 0; j < d; ++j) {
    for (size_t k = 0; k < d; ++k) {
      exact.covariance[j * d + k] = exact.covariance[j * d + k] / total - exact.mean[j] * exact.mean[k];
    }
  }
  return exact;
}

double Worst(const double* got, const std::vector<long double>& exact) {
  double worst = 0.0;
  for (size_t i = 0; i < exact.size(); ++i) {
    const double error = static_cast<double>(std::fabs(got[i] - exact[i]));
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

void CheckMoments(const std::string& target, size_t n, size_t d, size_t count, double h, size_t firstLeftOut) {
  std::vector<double> samples(n * d);
  std::vector<double> points(count * d);
  FillGaussian(samples, 1);
  FillGaussian(points, 2);
  if (n > 3) std::copy_n(samples.begin(), d, samples.begin() + 2 * d);  // a duplicate
  // The packed inputs may be aligned or not, because they are read with unaligned loads.
  Guarded<double> packed(PackedSize(n, d));
  std::copy(samples.begin(), samples.end(), packed.data());
  std::vector<double> block(kBlock * d);
  PackInPlace(packed.span(), n, d, block);
  Guarded<double> shares(count);
  Guarded<double> means(count * d);
  Guarded<double> covariances(count * d * d);
  const AlignedBytes workspace(LocalMomentsWorkspaceBytes(n, d, count));
  LocalMoments({n, d, packed.data(), h},
               {count, points.data(), firstLeftOut, shares.data(), means.data(), covariances.data()}, workspace.span());
  const std::string what = target + " moments n=" + std::to_string(n) + " d=" + std::to_string(d);
  for (size_t p = 0; p < count; ++p) {
    const size_t leftOut = firstLeftOut < n ? firstLeftOut + p : n;
    const Exact exact = ExactMoments(samples, d, points.data() + p * d, h, leftOut);
    Expect(std::fabs(shares[p] - exact.share) < 1e-13L, what + ": share");
    Expect(Worst(means.data() + p * d, exact.mean) < 1e-13, what + ": mean");
    Expect(Worst(covariances.data() + p * d * d, exact.covariance) < 1e-13, what + ": covariance");
  }
  Expect(shares.Intact() && means.Intact() && covariances.Intact(), what + ": wrote before an output");
}

}  // namespace

void CheckLocalMoments(const char* target) {
  for (const size_t n : {2, 3, 31, 32, 33, 65, 600}) CheckMoments(target, n, 2, 3, 0.9, n);
  for (const size_t d : {1, 2, 3, 5, 6, 7, 12, 13, 40}) CheckMoments(target, 90, d, 2, 0.8 + 0.2 * static_cast<double>(d), 90);
  for (const size_t count : {0, 1, 16, 17, 40}) CheckMoments(target, 64, 3, count, 1.0, 5);
}

}  // namespace basin::check
