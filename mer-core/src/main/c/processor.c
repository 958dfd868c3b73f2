/* The kernels that this processor and its operating system can run. */
#if defined(__x86_64__)
#include <cpuid.h>

/* The states that the operating system saves: the registers of AVX, and those of AVX-512. */
#define AVX_STATE 0x06u
#define AVX512_STATE 0xe6u

static unsigned saved_states(void) {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
#if defined(__APPLE__)
  /* macOS saves the registers of AVX-512 from their first use on, and does not announce them before. */
  if ((low & AVX_STATE) == AVX_STATE) low |= AVX512_STATE;
#endif
  return low;
}

static int has(unsigned found, unsigned wanted) { return (found & wanted) == wanted; }
#endif

/*
 * Returns 0 for the platform's baseline, 1 for AVX2 (x86-64-v3), 2 for AVX-512 (x86-64-v4), 3 for AVX-512 with products
 * of bfloat16.
 */
#if defined(_WIN32)
__declspec(dllexport)
#else
__attribute__((visibility("default")))
#endif
int mer_lstm_level(void) {
#if defined(__x86_64__)
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) ||
      !has(c, bit_SSE4_2 | bit_POPCNT | bit_MOVBE | bit_OSXSAVE | bit_AVX | bit_F16C | bit_FMA))
    return 0;
  unsigned states = saved_states();
  if (!has(states, AVX_STATE)) return 0;
  if (!__get_cpuid(0x80000001, &a, &b, &c, &d) || !has(c, bit_LZCNT)) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !has(b, bit_BMI | bit_BMI2 | bit_AVX2)) return 0;
  unsigned subleaves = a;
  if (!has(states, AVX512_STATE) ||
      !has(b, bit_AVX512F | bit_AVX512DQ | bit_AVX512CD | bit_AVX512BW | bit_AVX512VL))
    return 1;
  if (subleaves < 1 || !__get_cpuid_count(7, 1, &a, &b, &c, &d) || !has(a, bit_AVX512BF16)) return 2;
  return 3;
#else
  return 0;
#endif
}
