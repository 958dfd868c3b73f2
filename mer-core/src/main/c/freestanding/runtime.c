/* The functions that compilers call, so that a library requires no C library. */
#include <string.h>

typedef char bytes __attribute__((vector_size(16), aligned(1)));

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
  char *target = to;
  const char *source = from;
  for (; count >= 16; count -= 16, target += 16, source += 16) *(bytes *)target = *(const bytes *)source;
  while (count-- > 0) *target++ = *source++;
  return to;
}

void *memmove(void *to, const void *from, size_t count) {
  char *target = to;
  const char *source = from;
  if (target <= source || target >= source + count) return memcpy(to, from, count);
  while (count-- > 0) target[count] = source[count];
  return to;
}

void *memset(void *to, int value, size_t count) {
  char *target = to;
  bytes all = (char)value - (bytes){};
  for (; count >= 16; count -= 16, target += 16) *(bytes *)target = all;
  while (count-- > 0) *target++ = (char)value;
  return to;
}

#if defined(_WIN32)
/* Windows calls it when the library is loaded. */
int DllMainCRTStartup(void *library, unsigned reason, void *reserved) {
  (void)library;
  (void)reason;
  (void)reserved;
  return 1;
}
#endif
