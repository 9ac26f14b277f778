/* What the compiled parts of a package ask of newer systems or of other libraries, and would not find. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/stat.h>

#define HIDDEN __attribute__((visibility("hidden")))

/* libstdc++ asks glibc 2.32 or newer whether the process has a single thread. */
HIDDEN char __libc_single_threaded = 0;

/* The one function of libgfortran that LAPACK calls: it joins two blank-padded strings. */
HIDDEN void _gfortran_concat_string(size_t size, char *to, size_t left_size, const char *left, size_t right_size,
                                    const char *right) {
  if (left_size > size) left_size = size;
  memcpy(to, left, left_size);
  if (right_size > size - left_size) right_size = size - left_size;
  memcpy(to + left_size, right, right_size);
  memset(to + left_size + right_size, ' ', size - left_size - right_size);
}

/* glibc has these since 2.33; before, programs called the functions below by the version of struct stat. */
#if defined(__x86_64__)
#define VERSION_OF_STAT 1
#else
#define VERSION_OF_STAT 0
#endif
extern int __xstat64(int, const char *, struct stat64 *);
extern int __lxstat64(int, const char *, struct stat64 *);
extern int __fxstat64(int, int, struct stat64 *);

HIDDEN int stat64(const char *path, struct stat64 *found) { return __xstat64(VERSION_OF_STAT, path, found); }
HIDDEN int lstat64(const char *path, struct stat64 *found) { return __lxstat64(VERSION_OF_STAT, path, found); }
HIDDEN int fstat64(int file, struct stat64 *found) { return __fxstat64(VERSION_OF_STAT, file, found); }

/* libstdc++ has this since GCC 11. The addon has a newer libstdc++ in it. */
extern void _ZSt17__throw_bad_allocv(void) __attribute__((noreturn));
HIDDEN __attribute__((weak, noreturn)) void _ZSt28__throw_bad_array_new_lengthv(void) { _ZSt17__throw_bad_allocv(); }

/* A part of glibc that programs have in themselves. */
extern void *__dso_handle __attribute__((visibility("hidden")));
extern int __register_atfork(void (*)(void), void (*)(void), void (*)(void), void *);
HIDDEN __attribute__((weak)) int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void)) {
  return __register_atfork(prepare, parent, child, &__dso_handle);
}
