#include "kernels/linear_algebra.h"

#include "args.h"
#include "bindings/bindings.h"

namespace basin {
namespace {

void RequireConverged(Napi::Env env, Outcome outcome, const char* routine) {
  if (outcome != Outcome::kDone) throw Napi::Error::New(env, std::string(routine) + " did not converge");
}

}  // namespace

void MultiplyMatrices(const Napi::CallbackInfo& info) {
  Arguments args(info);
  Product shape = {};
  shape.m = args.Size("m");
  shape.n = args.Size("n");
  shape.k = args.Size("k");
  shape.transposeA = args.Boolean("transposeA");
  shape.transposeB = args.Boolean("transposeB");
  const double* const a = args.Doubles("a", Times(shape.m, shape.k)).data();
  const double* const b = args.Doubles("b", Times(shape.k, shape.n)).data();
  Multiply(shape, a, b, args.Doubles("c", Times(shape.m, shape.n)).data());
}

void SymmetricEigenDecomposition(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t n = args.Size("n");
  double* const vectors = args.Doubles("matrix", Times(n, n)).data();
  double* const values = args.Doubles("values", n).data();
  const Scratch scratch(args.env(), SymmetricEigenWorkspaceBytes(n));
  RequireConverged(args.env(), SymmetricEigen(n, vectors, values, scratch), "symmetricEigen");
}

void QrDecomposition(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t m = args.Size("m");
  const size_t n = args.Size("n");
  if (m < n) args.Refuse("m", "n or more", Napi::Number::New(args.env(), static_cast<double>(m)));
  double* const a = args.Doubles("matrix", Times(m, n)).data();
  double* const r = args.Doubles("r", Times(n, n)).data();
  const Scratch scratch(args.env(), QrWorkspaceBytes(n));
  RequireConverged(args.env(), Qr(m, n, a, r, scratch), "qr");
}

void SingularValueDecomposition(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t m = args.Size("m");
  const size_t n = args.Size("n");
  const size_t p = std::min(m, n);
  double* const a = args.Doubles("matrix", Times(m, n)).data();
  double* const u = args.Doubles("u", Times(m, p)).data();
  double* const s = args.Doubles("s", p).data();
  double* const vt = args.Doubles("vt", Times(p, n)).data();
  const Scratch scratch(args.env(), SvdWorkspaceBytes(m, n));
  RequireConverged(args.env(), Svd(m, n, a, u, s, vt, scratch), "svd");
}

void SolveSystem(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t n = args.Size("n");
  const size_t k = args.Size("k");
  double* const a = args.Doubles("matrix", Times(n, n)).data();
  double* const x = args.Doubles("b", Times(n, k)).data();
  const Scratch scratch(args.env(), SolveWorkspaceBytes(n, k));
  if (Solve(n, k, a, x, scratch) == Outcome::kSingular) {
    throw Napi::Error::New(args.env(), "solve: the matrix is singular to working precision");
  }
}

}  // namespace basin
