/* Selects the widest instruction set that this processor supports. */
#if defined(__x86_64__)
/* The extensions of -march=x86-64-v4 and -march=x86-64-v3. */
static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2");
}
#define EXPORT(name, parameters, arguments) \
  void name##_any parameters; \
  void name##_avx2 parameters; \
  void name##_avx512 parameters; \
  void name parameters { \
    if (has_avx512()) \
      name##_avx512 arguments; \
    else if (has_avx2()) \
      name##_avx2 arguments; \
    else \
      name##_any arguments; \
  }
#else
#define EXPORT(name, parameters, arguments) \
  void name##_any parameters; \
  void name parameters { name##_any arguments; }
#endif

EXPORT(
    mer_lstm_pack,
    (int width, int hidden, int bf16, const float *input, const float *recurrent, float *inputs, float *forward,
     float *backward),
    (width, hidden, bf16, input, recurrent, inputs, forward, backward))

EXPORT(
    mer_lstm_contribute,
    (int first, int count, int total, int width, int hidden, int bf16, const float *x, const float *inputs,
     const float *bias, float *scratch, float *gates),
    (first, count, total, width, hidden, bf16, x, inputs, bias, scratch, gates))

EXPORT(
    mer_lstm_forward,
    (int first, int end, int steps, const int *n, const int *start, int width, int hidden, int reverse, int bf16,
     const float *x, const float *inputs, const float *panels, const float *bias, float *scratch, float *gates,
     float *before, float *cells, float *last),
    (first, end, steps, n, start, width, hidden, reverse, bf16, x, inputs, panels, bias, scratch, gates, before,
     cells, last))

EXPORT(
    mer_lstm_backward,
    (int first, int end, int steps, const int *n, const int *start, int hidden, int reverse, float *gates,
     const float *panels, const float *cells, float *state, const float *factors, const float *pooled,
     const float *vector, float *scratch),
    (first, end, steps, n, start, hidden, reverse, gates, panels, cells, state, factors, pooled, vector, scratch))

EXPORT(
    mer_lstm_gradient,
    (int total, int width, int columns, int hidden, const float *x, const float *gates, float *sums, float *gradient),
    (total, width, columns, hidden, x, gates, sums, gradient))

EXPORT(mer_lstm_bias, (int total, int hidden, const float *gates, float *bias), (total, hidden, gates, bias))

/* Returns 1 if this processor multiplies bfloat16, else 0. */
int mer_lstm_has_bf16(void) {
#if defined(__x86_64__)
  return has_avx512() && __builtin_cpu_supports("avx512bf16");
#else
  return 0;
#endif
}
