#include "blas_core.h"

#include <cblas.h>
#include <strings.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <mutex>

// OpenBLAS exports these where it chooses its kernels at run time; elsewhere they are null.
extern "C" {
__attribute__((weak)) void gotoblas_dynamic_init();
__attribute__((weak)) void gotoblas_dynamic_quit();
}

namespace basin {
namespace {

constexpr const char* kCoreVariable = "OPENBLAS_CORETYPE";

std::string& Found() {
  static std::string found = openblas_get_corename();
  return found;
}

#if defined(__x86_64__)
bool IsOneOf(const std::string& core, std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    if (strcasecmp(core.c_str(), name) == 0) return true;
  }
  return false;
}
#endif

// A core that this processor runs and that is newer than `core`, or nothing.
std::string NewerCore(const std::string& core) {
#if defined(__x86_64__)
  if (IsOneOf(core, {"SkylakeX", "Cooperlake", "SapphireRapids"})) return "";
  const bool hasAvx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  if (hasAvx512) return "SkylakeX";
  if (IsOneOf(core, {"Haswell", "Zen", "Excavator"})) return "";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  static_cast<void>(core);
  return "";
}

bool IsSet(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool LibraryIsToChoose() {
  const char* const asked = std::getenv("BASIN_BLAS_CORE");
  return IsSet(kCoreVariable) || (asked != nullptr && std::strcmp(asked, "library") == 0);
}

// Makes OpenBLAS choose again, with this core or, for an empty name, with its own.
void ChooseAgain(const std::string& core) {
  if (!core.empty()) setenv(kCoreVariable, core.c_str(), 1);
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
  unsetenv(kCoreVariable);
}

// Whether a product of two small matrices is that of plain loops.
bool ProductIsRight() {
  constexpr size_t kSize = 37;
  double a[kSize * kSize];
  double b[kSize * kSize];
  double c[kSize * kSize];
  for (size_t i = 0; i < kSize * kSize; ++i) {
    a[i] = std::sin(static_cast<double>(i));
    b[i] = std::cos(static_cast<double>(i));
  }
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, kSize, kSize, kSize, 1.0, a, kSize, b, kSize, 0.0, c, kSize);
  for (size_t i = 0; i < kSize; ++i) {
    for (size_t j = 0; j < kSize; ++j) {
      double sum = 0.0;
      for (size_t m = 0; m < kSize; ++m) sum += a[i * kSize + m] * b[m * kSize + j];
      if (!(std::abs(c[i * kSize + j] - sum) < 1e-12)) return false;
    }
  }
  return true;
}

}  // namespace

void ChooseBlasCore() {
  static std::once_flag chosen;
  std::call_once(chosen, [] {
    const std::string newer = NewerCore(Found());
    if (newer.empty() || LibraryIsToChoose() || gotoblas_dynamic_init == nullptr || gotoblas_dynamic_quit == nullptr) return;
    ChooseAgain(newer);
    if (!ProductIsRight()) ChooseAgain("");
  });
}

std::string BlasCoreFound() { return Found(); }

}  // namespace basin
