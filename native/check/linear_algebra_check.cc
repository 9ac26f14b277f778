#include <cmath>

#include "check/check.h"
#include "kernels/linear_algebra.h"

namespace basin::check {
namespace {

std::vector<double> Gaussian(size_t count, uint32_t seed) {
  std::vector<double> values(count);
  FillGaussian(values, seed);
  return values;
}

std::vector<double> Multiplied(const double* a, const double* b, size_t m, size_t n, size_t k) {
  std::vector<double> c(m * n);
  for (size_t i = 0; i < m; ++i) {
    for (size_t l = 0; l < k; ++l) {
      for (size_t j = 0; j < n; ++j) c[i * n + j] += a[i * k + l] * b[l * n + j];
    }
  }
  return c;
}

void ExpectEqual(const std::string& what, const double* got, const std::vector<double>& exact) {
  double worst = 0.0;
  for (size_t i = 0; i < exact.size(); ++i) {
    const double error = std::fabs(got[i] - exact[i]);
    if (!(error <= worst)) worst = error;
  }
  Expect(worst < 1e-11, what + ": off by " + std::to_string(worst));
}

void CheckMultiply(size_t m, size_t n, size_t k) {
  const std::vector<double> a = Gaussian(m * k, 1);
  const std::vector<double> b = Gaussian(k * n, 2);
  Guarded<double> c(m * n, 5.0);
  Multiply({m, n, k, false, false}, a.data(), b.data(), c.data());
  ExpectEqual("multiply", c.data(), Multiplied(a.data(), b.data(), m, n, k));
  Expect(c.Intact(), "multiply wrote before its output");
}

void CheckEigen(size_t n) {
  std::vector<double> a = Gaussian(n * n, 3);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < i; ++j) a[i * n + j] = a[j * n + i];
  }
  Guarded<double> vectors(n * n);
  Guarded<double> values(n);
  std::copy(a.begin(), a.end(), vectors.data());
  const AlignedBytes workspace(SymmetricEigenWorkspaceBytes(n));
  Expect(SymmetricEigen(n, vectors.data(), values.data(), workspace.span()) == Outcome::kDone, "eigen converges");
  const std::vector<double> image = Multiplied(vectors.data(), a.data(), n, n, n);
  std::vector<double> scaled(n * n);
  for (size_t i = 0; i < n * n; ++i) scaled[i] = values[i / n] * vectors[i];
  ExpectEqual("eigen " + std::to_string(n), image.data(), scaled);
}

void CheckQr(size_t m, size_t n) {
  const std::vector<double> a = Gaussian(m * n, 4);
  Guarded<double> q(m * n);
  Guarded<double> r(n * n);
  std::copy(a.begin(), a.end(), q.data());
  const AlignedBytes workspace(QrWorkspaceBytes(n));
  Expect(Qr(m, n, q.data(), r.data(), workspace.span()) == Outcome::kDone, "qr finishes");
  ExpectEqual("qr " + std::to_string(m), Multiplied(q.data(), r.data(), m, n, n).data(), a);
  for (size_t i = 0; i < n; ++i) Expect(r[i * n + i] >= 0.0, "the diagonal of R is not negative");
}

void CheckSvd(size_t m, size_t n) {
  const size_t p = std::min(m, n);
  const std::vector<double> a = Gaussian(m * n, 6);
  std::vector<double> copy = a;
  Guarded<double> u(m * p);
  Guarded<double> s(p);
  Guarded<double> vt(p * n);
  const AlignedBytes workspace(SvdWorkspaceBytes(m, n));
  Expect(Svd(m, n, copy.data(), u.data(), s.data(), vt.data(), workspace.span()) == Outcome::kDone, "svd converges");
  for (size_t i = 0; i < m * p; ++i) u[i] *= s[i % p];
  ExpectEqual("svd", Multiplied(u.data(), vt.data(), m, n, p).data(), a);
}

void CheckSolve(size_t n, size_t k) {
  const std::vector<double> a = Gaussian(n * n, 7);
  const std::vector<double> x = Gaussian(n * k, 8);
  std::vector<double> copy = a;
  Guarded<double> b(n * k);
  const std::vector<double> sides = Multiplied(a.data(), x.data(), n, k, n);
  std::copy(sides.begin(), sides.end(), b.data());
  const AlignedBytes workspace(SolveWorkspaceBytes(n, k));
  Expect(Solve(n, k, copy.data(), b.data(), workspace.span()) == Outcome::kDone, "solve finishes");
  ExpectEqual("solve", b.data(), x);
}

void CheckSingular() {
  std::vector<double> a = {1, 2, 2, 4};
  std::vector<double> b = {1, 1};
  const AlignedBytes workspace(SolveWorkspaceBytes(2, 1));
  Expect(Solve(2, 1, a.data(), b.data(), workspace.span()) == Outcome::kSingular, "a singular matrix is refused");
}

}  // namespace

void CheckLinearAlgebra() {
  for (const size_t n : {0, 1, 2, 7, 33}) {
    CheckMultiply(n, 5, 3);
    CheckMultiply(3, 4, n);
    CheckEigen(n);
    CheckQr(n + 4, n);
    CheckQr(n, n);
    CheckSvd(n, 5);
    CheckSvd(6, n);
    CheckSolve(n, 3);
  }
  CheckSingular();
}

}  // namespace basin::check
