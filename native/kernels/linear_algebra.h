// Dense linear algebra on row-major matrices by the BLAS and LAPACK of OpenBLAS. LAPACK is column-major and reads a
// row-major matrix as its transpose. Each routine is chosen so that this needs no copy.
#ifndef BASIN_KERNELS_LINEAR_ALGEBRA_H_
#define BASIN_KERNELS_LINEAR_ALGEBRA_H_

#include <cstddef>
#include <span>

namespace basin {

enum class Outcome { kDone, kSingular, kNotConverged };

struct Product {
  size_t m, n, k;
  bool transposeA, transposeB;
};

// c (m, n) = op(a) op(b).
void Multiply(const Product& shape, const double* a, const double* b, double* c);

// On entry `vectors` holds the symmetric (n, n) matrix. On exit row i is the unit eigenvector of values[i], and
// `values` is ascending.
size_t SymmetricEigenWorkspaceBytes(size_t n);
Outcome SymmetricEigen(size_t n, double* vectors, double* values, std::span<std::byte> workspace);

// a (m, n), m >= n, becomes Q; r (n, n) has a non-negative diagonal.
size_t QrWorkspaceBytes(size_t n);
Outcome Qr(size_t m, size_t n, double* a, double* r, std::span<std::byte> workspace);

// a (m, n) = u diag(s) vt with p = min(m, n): u (m, p), s (p) descending, vt (p, n). `a` is destroyed.
size_t SvdWorkspaceBytes(size_t m, size_t n);
Outcome Svd(size_t m, size_t n, double* a, double* u, double* s, double* vt, std::span<std::byte> workspace);

// x (n, k) holds b on entry and the solution of a x = b on exit. `a` is destroyed. kSingular means that the reciprocal
// condition number is below the rounding unit.
size_t SolveWorkspaceBytes(size_t n, size_t k);
Outcome Solve(size_t n, size_t k, double* a, double* x, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_LINEAR_ALGEBRA_H_
