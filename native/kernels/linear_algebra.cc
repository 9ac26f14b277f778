#include "kernels/linear_algebra.h"

#include <algorithm>
#include <limits>

#include "kernels/lapack.h"
#include "kernels/workspace.h"

namespace basin {
namespace {

// Enough columns for every blocked routine of LAPACK (ilaenv never asks for more than 64).
constexpr size_t kLapackBlock = 64;

blasint Int(size_t n) { return static_cast<blasint>(n); }

// LAPACK requires leading dimensions of at least one, even for empty matrices.
blasint Leading(size_t n) { return Int(std::max<size_t>(n, 1)); }

struct EigenScratch {
  EigenScratch(size_t n, Workspace workspace)
      : lwork(Int(1 + 6 * n + 2 * n * n)),
        liwork(Int(3 + 5 * n)),
        work(workspace.Take<double>(static_cast<size_t>(lwork))),
        iwork(workspace.Take<blasint>(static_cast<size_t>(liwork))),
        copy(workspace.Take<double>(n * n)),
        bytes(workspace.used()) {}
  blasint lwork;
  blasint liwork;
  double* work;
  blasint* iwork;
  double* copy;
  size_t bytes;
};

struct QrScratch {
  QrScratch(size_t n, Workspace workspace)
      : lwork(Leading(n * kLapackBlock)),
        tau(workspace.Take<double>(std::max<size_t>(n, 1))),
        work(workspace.Take<double>(static_cast<size_t>(lwork))),
        bytes(workspace.used()) {}
  blasint lwork;
  double* tau;
  double* work;
  size_t bytes;
};

struct SvdScratch {
  SvdScratch(size_t m, size_t n, Workspace workspace)
      : p(std::min(m, n)),
        lwork(Leading(4 * p * p + 7 * p + (m + n) * kLapackBlock)),
        work(workspace.Take<double>(static_cast<size_t>(lwork))),
        iwork(workspace.Take<blasint>(8 * p + 1)),
        bytes(workspace.used()) {}
  size_t p;
  blasint lwork;
  double* work;
  blasint* iwork;
  size_t bytes;
};

struct SolveScratch {
  SolveScratch(size_t n, size_t k, Workspace workspace)
      : columns(workspace.Take<double>(n * k)),
        work(workspace.Take<double>(4 * n + 1)),
        pivots(workspace.Take<blasint>(n + 1)),
        iwork(workspace.Take<blasint>(n + 1)),
        bytes(workspace.used()) {}
  double* columns;
  double* work;
  blasint* pivots;
  blasint* iwork;
  size_t bytes;
};

void Transpose(size_t rows, size_t columns, const double* from, double* to) {
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < columns; ++j) to[j * rows + i] = from[i * columns + j];
  }
}

void CopyUpperTriangle(size_t n, const double* a, double* r) {
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) r[i * n + j] = j < i ? 0.0 : a[i * n + j];
  }
}

// Changes the sign of row i of R and of column i of Q where the diagonal of R is negative. The product does not change.
void MakeDiagonalNonNegative(size_t m, size_t n, double* q, double* r) {
  for (size_t i = 0; i < n; ++i) {
    if (!(r[i * n + i] < 0.0)) continue;
    for (size_t j = i; j < n; ++j) r[i * n + j] = -r[i * n + j];
    for (size_t k = 0; k < m; ++k) q[k * n + i] = -q[k * n + i];
  }
}

}  // namespace

void Multiply(const Product& shape, const double* a, const double* b, double* c) {
  if (shape.m == 0 || shape.n == 0) return;
  if (shape.k == 0) {
    std::fill(c, c + shape.m * shape.n, 0.0);
    return;
  }
  cblas_dgemm(CblasRowMajor, shape.transposeA ? CblasTrans : CblasNoTrans,
              shape.transposeB ? CblasTrans : CblasNoTrans, Int(shape.m), Int(shape.n), Int(shape.k), 1.0, a,
              Int(shape.transposeA ? shape.m : shape.k), b, Int(shape.transposeB ? shape.k : shape.n), 0.0, c,
              Int(shape.n));
}

size_t SymmetricEigenWorkspaceBytes(size_t n) { return EigenScratch(n, Workspace()).bytes; }

// Column j of the column-major result is row j of the row-major one. Divide and conquer is the fastest method, but fails
// on some matrices with many equal eigenvalues; QR iterations then take its place.
Outcome SymmetricEigen(size_t n, double* vectors, double* values, std::span<std::byte> workspace) {
  if (n == 0) return Outcome::kDone;
  const EigenScratch scratch(n, Workspace(workspace));
  const blasint order = Int(n);
  blasint info = 0;
  std::copy_n(vectors, n * n, scratch.copy);
  dsyevd_("V", "U", &order, vectors, &order, values, scratch.work, &scratch.lwork, scratch.iwork, &scratch.liwork,
          &info, 1, 1);
  if (info > 0) {
    std::copy_n(scratch.copy, n * n, vectors);
    dsyev_("V", "U", &order, vectors, &order, values, scratch.work, &scratch.lwork, &info, 1, 1);
  }
  return info == 0 ? Outcome::kDone : Outcome::kNotConverged;
}

size_t QrWorkspaceBytes(size_t n) { return QrScratch(n, Workspace()).bytes; }

// The row-major A = Q R is the column-major Aᵀ = Rᵀ Qᵀ: an LQ factorisation.
Outcome Qr(size_t m, size_t n, double* a, double* r, std::span<std::byte> workspace) {
  if (n == 0) return Outcome::kDone;
  const QrScratch scratch(n, Workspace(workspace));
  const blasint height = Int(n);
  const blasint width = Int(m);
  blasint info = 0;
  dgelqf_(&height, &width, a, &height, scratch.tau, scratch.work, &scratch.lwork, &info);
  CopyUpperTriangle(n, a, r);
  dorglq_(&height, &width, &height, a, &height, scratch.tau, scratch.work, &scratch.lwork, &info);
  MakeDiagonalNonNegative(m, n, a, r);
  return info == 0 ? Outcome::kDone : Outcome::kNotConverged;
}

size_t SvdWorkspaceBytes(size_t m, size_t n) { return SvdScratch(m, n, Workspace()).bytes; }

// The row-major A = U S Vᵀ is the column-major Aᵀ = V S Uᵀ.
Outcome Svd(size_t m, size_t n, double* a, double* u, double* s, double* vt, std::span<std::byte> workspace) {
  if (m == 0 || n == 0) return Outcome::kDone;
  const SvdScratch scratch(m, n, Workspace(workspace));
  const blasint height = Int(n);
  const blasint width = Int(m);
  const blasint p = Int(scratch.p);
  blasint info = 0;
  dgesdd_("S", &height, &width, a, &height, s, vt, &height, u, &p, scratch.work, &scratch.lwork, scratch.iwork, &info,
          1);
  return info == 0 ? Outcome::kDone : Outcome::kNotConverged;
}

size_t SolveWorkspaceBytes(size_t n, size_t k) { return SolveScratch(n, k, Workspace()).bytes; }

// Read in column-major order the matrix is Aᵀ, so its factors solve the transposed system.
Outcome Solve(size_t n, size_t k, double* a, double* x, std::span<std::byte> workspace) {
  if (n == 0) return Outcome::kDone;
  const SolveScratch scratch(n, k, Workspace(workspace));
  const blasint order = Int(n);
  const blasint sides = Int(k);
  blasint info = 0;
  double reciprocalCondition = 0.0;
  const double norm = dlange_("1", &order, &order, a, &order, scratch.work, 1);
  dgetrf_(&order, &order, a, &order, scratch.pivots, &info);
  if (info != 0) return Outcome::kSingular;
  dgecon_("1", &order, a, &order, &norm, &reciprocalCondition, scratch.work, scratch.iwork, &info, 1);
  if (!(reciprocalCondition >= std::numeric_limits<double>::epsilon() / 2)) return Outcome::kSingular;
  if (k == 0) return Outcome::kDone;
  Transpose(n, k, x, scratch.columns);
  dgetrs_("T", &order, &sides, a, &order, scratch.pivots, scratch.columns, &order, &info, 1);
  Transpose(k, n, scratch.columns, x);
  return Outcome::kDone;
}

}  // namespace basin
