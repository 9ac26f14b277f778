/* What the compiled parts of a package ask of newer systems or of other libraries, and would not find. */
#include <string.h>

/* libstdc++ asks glibc 2.32 or newer whether the process has a single thread. */
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;

/* The one function of libgfortran that LAPACK calls: it joins two blank-padded strings. */
__attribute__((visibility("hidden"))) void _gfortran_concat_string(size_t size, char *to, size_t left_size,
                                                                   const char *left, size_t right_size,
                                                                   const char *right) {
  if (left_size > size) left_size = size;
  memcpy(to, left, left_size);
  if (right_size > size - left_size) right_size = size - left_size;
  memcpy(to + left_size, right, right_size);
  memset(to + left_size + right_size, ' ', size - left_size - right_size);
}
