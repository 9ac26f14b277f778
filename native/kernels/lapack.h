// The Fortran symbols of LAPACK in OpenBLAS. The lengths of character arguments follow after all other arguments.
#ifndef BASIN_KERNELS_LAPACK_H_
#define BASIN_KERNELS_LAPACK_H_

#include <cblas.h>

#include <cstddef>

extern "C" {
void dsyevd_(const char* jobz, const char* uplo, const blasint* n, double* a, const blasint* lda, double* w,
             double* work, const blasint* lwork, blasint* iwork, const blasint* liwork, blasint* info, size_t, size_t);
void dsyev_(const char* jobz, const char* uplo, const blasint* n, double* a, const blasint* lda, double* w, double* work,
            const blasint* lwork, blasint* info, size_t, size_t);
void dgelqf_(const blasint* m, const blasint* n, double* a, const blasint* lda, double* tau, double* work,
             const blasint* lwork, blasint* info);
void dorglq_(const blasint* m, const blasint* n, const blasint* k, double* a, const blasint* lda, const double* tau,
             double* work, const blasint* lwork, blasint* info);
void dgesdd_(const char* jobz, const blasint* m, const blasint* n, double* a, const blasint* lda, double* s, double* u,
             const blasint* ldu, double* vt, const blasint* ldvt, double* work, const blasint* lwork, blasint* iwork,
             blasint* info, size_t);
void dgetrf_(const blasint* m, const blasint* n, double* a, const blasint* lda, blasint* ipiv, blasint* info);
void dgetrs_(const char* trans, const blasint* n, const blasint* nrhs, const double* a, const blasint* lda,
             const blasint* ipiv, double* b, const blasint* ldb, blasint* info, size_t);
double dlange_(const char* norm, const blasint* m, const blasint* n, const double* a, const blasint* lda, double* work,
               size_t);
void dgecon_(const char* norm, const blasint* n, const double* a, const blasint* lda, const double* anorm,
             double* rcond, double* work, blasint* iwork, blasint* info, size_t);
}

#endif  // BASIN_KERNELS_LAPACK_H_
