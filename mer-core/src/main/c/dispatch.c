/* Picks the widest instruction set that this processor has. */
#define DECLARE(set) \
  void mer_lstm_pack_##set(int, const float *, float *, float *); \
  void mer_lstm_forward_##set( \
      int, const int *, const int *, int, int, float *, const float *, const float *, float *, float *, float *, \
      float *, float *); \
  void mer_lstm_backward_##set( \
      int, const int *, const int *, int, int, float *, const float *, const float *, float *, float *, float *);

DECLARE(any)
#if defined(__x86_64__)
DECLARE(avx2)
DECLARE(avx512)
/* What -march=x86-64-v4 and -march=x86-64-v3 may use. */
static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2");
}
#define PICK(f, ...) \
  if (has_avx512()) f##_avx512(__VA_ARGS__); \
  else if (has_avx2()) f##_avx2(__VA_ARGS__); \
  else f##_any(__VA_ARGS__)
#else
#define PICK(f, ...) f##_any(__VA_ARGS__)
#endif

void mer_lstm_pack(int hidden, const float *weights, float *forward, float *backward) {
  PICK(mer_lstm_pack, hidden, weights, forward, backward);
}

void mer_lstm_forward(
    int steps, const int *n, const int *start, int hidden, int reverse, float *gates, const float *panels,
    const float *bias, float *state, float *cell, float *before, float *cells, float *last) {
  PICK(mer_lstm_forward, steps, n, start, hidden, reverse, gates, panels, bias, state, cell, before, cells, last);
}

void mer_lstm_backward(
    int steps, const int *n, const int *start, int hidden, int reverse, float *gates, const float *panels,
    const float *cells, float *state, float *cell, float *bias) {
  PICK(mer_lstm_backward, steps, n, start, hidden, reverse, gates, panels, cells, state, cell, bias);
}
