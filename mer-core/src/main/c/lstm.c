/*
 * An LSTM over packed rows, forward and backward, in single precision.
 *
 * Rows are sorted by length, longest first, and packed by step as in PyTorch: step t has the rows 0..n[t]-1, the packed
 * row of (t, r) is start[t] + r, and there are S packed rows. The forward direction iterates t upwards and rows end; the
 * reverse direction iterates t downwards and rows begin at their last step. So nothing is padded or reversed. A call runs
 * the rows first..end-1 of every step and touches no others, so that calls for other rows may run concurrently; the
 * result of a row does not depend on the rows that run with it.
 *
 * Letters as in the Java code: D inputs, H hidden units, here a multiple of 64; the gates' order is i, f, g, o. Compiled
 * once for each instruction set; LANES (L) is the number of floats in a vector register. A panel is a strip of 4L
 * columns of a matrix, [depth, 4L]; those over gates hold all four gates of L units, [depth, 4, L], and gates
 * themselves lie as panels, [H/L, S, 4, L].
 */
#include <stddef.h>
#include <string.h>

#if defined(__AVX512F__)
#include <immintrin.h>
#define LANES 16
#define ROWS 6
#define NAME(f) EXPORTED f##_avx512
#elif defined(__AVX2__)
#define LANES 8
#define ROWS 3
#define NAME(f) EXPORTED f##_avx2
#elif defined(__aarch64__)
#include <arm_neon.h>
#define LANES 4
#define ROWS 6
#define NAME(f) EXPORTED f##_neon
#else
#define LANES 4
#define ROWS 2
#define NAME(f) EXPORTED f##_any
#endif
#if defined(_WIN32)
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif
#define PANEL (4 * LANES)
/* Packed rows whose gates are computed at once: 512 KB at H = 128, half of an L2 cache. */
#define CHUNK 256
/* Packed rows whose weight gradients are summed at once: 256 KB of gates at H = 128, a quarter of an L2 cache. */
#define DEPTH 128

typedef float vec __attribute__((vector_size(4 * LANES)));
typedef float loose __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int ints __attribute__((vector_size(4 * LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const float *p) { return *(const loose *)p; }
INLINE void store(float *p, vec x) { *(loose *)p = x; }
INLINE vec all(float x) { return x - (vec){}; }

#if LANES == 16
INLINE vec least(vec a, vec b) { return (vec)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE vec rounded(vec x) { return (vec)_mm512_roundscale_ps((__m512)x, 8); }
INLINE vec scaled(vec x, vec n) { return (vec)_mm512_scalef_ps((__m512)x, (__m512)n); }
/* 1 / x to about 1 ulp: a 14-bit estimate and one Newton step. */
INLINE vec inverse(vec x) {
  vec guess = (vec)_mm512_rcp14_ps((__m512)x);
  return guess * (all(2.f) - x * guess);
}
#else
INLINE vec pick(ints mask, vec a, vec b) { return (vec)((mask & (ints)a) | (~mask & (ints)b)); }
INLINE vec least(vec a, vec b) { return pick(a < b, a, b); }
/* For |x| below 2^22: adding 1.5 * 2^23 rounds to an integer. */
INLINE vec rounded(vec x) { return (x + all(12582912.f)) - all(12582912.f); }
/* x * 2^n for n in [-126, 127]. */
INLINE vec scaled(vec x, vec n) {
  n = pick(n < all(-126.f), all(-126.f), n);
  return x * (vec)(((ints)(n + all(12582912.f)) - (ints)all(12582912.f) + 127) << 23);
}
#if defined(__aarch64__)
/* 1 / x to about 1 ulp: an 8-bit estimate and two Newton steps. */
INLINE vec inverse(vec x) {
  float32x4_t guess = vrecpeq_f32((float32x4_t)x);
  guess *= vrecpsq_f32((float32x4_t)x, guess);
  return (vec)(guess * vrecpsq_f32((float32x4_t)x, guess));
}
#else
INLINE vec inverse(vec x) { return all(1.f) / x; }
#endif
#endif

/* 2^min(x, 60), with a minimax polynomial (relative error 8e-8) for the fraction. */
INLINE vec power_of_two(vec x) {
  x = least(all(60.f), x);
  vec n = rounded(x);
  vec f = x - n;
  vec p = all(1.327647199e-03f);
  p = p * f + all(9.675541334e-03f);
  p = p * f + all(5.550713273e-02f);
  p = p * f + all(2.402211972e-01f);
  p = p * f + all(6.931469671e-01f);
  p = p * f + all(1.000000072f);
  return scaled(p, n);
}

INLINE vec sigmoid(vec x) { return inverse(all(1.f) + power_of_two(x * all(-1.44269504f))); }
INLINE vec tangent(vec x) { return all(2.f) * inverse(all(1.f) + power_of_two(x * all(-2.88539008f))) - all(1.f); }

INLINE int lesser(int a, int b) { return a < b ? a : b; }

/*
 * Subnormal numbers count as zero until the end of a function that starts with SUBNORMALS_ARE_ZERO. Gradients that vanish
 * over the steps pass through them, and Intel's processors are many times slower at an instruction that meets one.
 */
#if defined(__x86_64__)
#define ZERO_BITS 0x8040u
typedef unsigned control;
INLINE control get_control(void) { return __builtin_ia32_stmxcsr(); }
INLINE void set_control(const control *value) { __builtin_ia32_ldmxcsr(*value); }
#elif defined(__aarch64__)
#define ZERO_BITS (1ul << 24)
typedef unsigned long long control;
INLINE control get_control(void) {
  control value;
  __asm__ volatile("mrs %0, fpcr" : "=r"(value));
  return value;
}
INLINE void set_control(const control *value) { __asm__ volatile("msr fpcr, %0" : : "r"(*value) : "memory"); }
#else
#define ZERO_BITS 0
typedef int control;
INLINE control get_control(void) { return 0; }
INLINE void set_control(const control *value) { (void)value; }
#endif
INLINE control without_subnormals(void) {
  control former = get_control(), changed = former | ZERO_BITS;
  set_control(&changed);
  return former;
}
#define SUBNORMALS_ARE_ZERO control former __attribute__((cleanup(set_control), unused)) = without_subnormals()

/* Packs gate weights [4H, depth] as panels [H/L, depth, 4, L]. */
INLINE void pack_gates(int depth, int hidden, const float *weights, float *panels) {
  for (int block = 0; block < hidden / LANES; block++)
    for (int from = 0; from < depth; from += 16)
      for (int column = 0; column < PANEL; column++) {
        int row = column / LANES * hidden + block * LANES + column % LANES;
        const float *source = weights + (size_t)row * depth;
        float *target = panels + (size_t)block * depth * PANEL + column;
        for (int k = from; k < lesser(depth, from + 16); k++) target[(size_t)k * PANEL] = source[k];
      }
}

/* acc += left * right[4L], for one value of each row. */
INLINE void multiply_step(const int rows, const vec left[ROWS], const float *right, vec acc[ROWS][4]) {
#if LANES == 8
  /* 16 registers: twelve sums, three rows and one vector of right. */
  for (int v = 0; v < 4; v++) {
    vec b = load(right + v * LANES);
    for (int r = 0; r < rows; r++) acc[r][v] += left[r] * b;
  }
#else
  vec b0 = load(right), b1 = load(right + LANES);
  vec b2 = load(right + 2 * LANES), b3 = load(right + 3 * LANES);
  for (int r = 0; r < rows; r++) {
    acc[r][0] += left[r] * b0;
    acc[r][1] += left[r] * b1;
    acc[r][2] += left[r] * b2;
    acc[r][3] += left[r] * b3;
  }
#endif
}

#if defined(__aarch64__)
/* As multiply_step, with the given lane of left. */
#define MULTIPLY_LANE(lane, right) \
  for (int v = 0; v < 4; v++) { \
    float32x4_t b = (float32x4_t)load((right) + v * LANES); \
    for (int r = 0; r < rows; r++) acc[r][v] = (vec)vfmaq_laneq_f32((float32x4_t)acc[r][v], b, left4[r], lane); \
  }
#endif

/* acc += left[rows, depth] * panel[depth, 4L] */
INLINE void multiply(
    const int rows, int depth, const float *const *left, const float *panel, vec acc[ROWS][4]) {
  int k = 0;
#if defined(__aarch64__)
  /* Six rows take all 32 registers: 24 sums, a vector of each row, and two of the panel. */
  for (; k + 4 <= depth; k += 4, panel += 4 * PANEL) {
    float32x4_t left4[ROWS];
    for (int r = 0; r < rows; r++) left4[r] = (float32x4_t)load(left[r] + k);
    MULTIPLY_LANE(0, panel)
    MULTIPLY_LANE(1, panel + PANEL)
    MULTIPLY_LANE(2, panel + 2 * PANEL)
    MULTIPLY_LANE(3, panel + 3 * PANEL)
  }
#endif
  for (; k < depth; k++, panel += PANEL) {
    vec a[ROWS];
    for (int r = 0; r < rows; r++) a[r] = all(left[r][k]);
    multiply_step(rows, a, panel, acc);
  }
}

/* Calls with a constant number of rows. */
#if ROWS == 6
#define FOR_ROWS(rows, call) \
  switch (rows) { \
    case 6: call(6); break; \
    case 5: call(5); break; \
    case 4: call(4); break; \
    case 3: call(3); break; \
    case 2: call(2); break; \
    default: call(1); \
  }
#elif ROWS == 3
#define FOR_ROWS(rows, call) \
  switch (rows) { \
    case 3: call(3); break; \
    case 2: call(2); break; \
    default: call(1); \
  }
#else
#define FOR_ROWS(rows, call) \
  if ((rows) == 2) { \
    call(2); \
  } else { \
    call(1); \
  }
#endif

/* Rows of the next block, so that blocks have about equal size: 16 rows are 6 + 5 + 5. */
INLINE int share(int rows) {
  int blocks = (rows + ROWS - 1) / ROWS;
  return (rows + blocks - 1) / blocks;
}

#if LANES == 16
#define BF16 __attribute__((target("avx512bf16")))

/* Converts a row of width floats to pairs of bfloat16; the last pair ends with zero if the width is odd. */
static BF16 void to_bf16(int width, const float *row, int *pairs) {
  for (int k = 0; k < width; k += 32) {
    int rest = width - k;
    __mmask16 low = rest >= 16 ? 0xffff : (1u << rest) - 1;
    __mmask16 high = rest >= 32 ? 0xffff : rest > 16 ? (1u << (rest - 16)) - 1 : 0;
    __m512 first = _mm512_maskz_loadu_ps(low, row + k), second = _mm512_maskz_loadu_ps(high, row + k + 16);
    int count = lesser(16, (rest + 1) / 2);
    _mm512_mask_storeu_epi32(
        pairs + k / 2, count == 16 ? 0xffff : (1u << count) - 1, (__m512i)_mm512_cvtne2ps_pbh(second, first));
  }
}

/* As contribute_block, with x and the panel as pairs of bfloat16. */
static inline __attribute__((always_inline, target("avx512bf16"))) void contribute_block_bf16(
    const int rows, int pairs, int hidden, int unit, const int *x, const int *to, const int *panel, const float *bias,
    float *gates) {
  __m512 acc[ROWS][4];
  for (int r = 0; r < rows; r++)
    for (int g = 0; g < 4; g++) acc[r][g] = _mm512_loadu_ps(bias + g * hidden + unit);
  for (int k = 0; k < pairs; k++, panel += PANEL) {
    __m512bh b[4];
    for (int g = 0; g < 4; g++) b[g] = (__m512bh)_mm512_loadu_si512(panel + g * LANES);
    for (int r = 0; r < rows; r++) {
      __m512bh a = (__m512bh)_mm512_set1_epi32(x[(size_t)r * pairs + k]);
      for (int g = 0; g < 4; g++) acc[r][g] = _mm512_dpbf16_ps(acc[r][g], a, b[g]);
    }
  }
  for (int r = 0; r < rows; r++)
    for (int g = 0; g < 4; g++) _mm512_storeu_ps(gates + (size_t)to[r] * PANEL + g * LANES, acc[r][g]);
}

/* As contribute, in bfloat16; pairs [256, D/2] is scratch. */
static BF16 void contribute_bf16(
    int count, int width, int hidden, const float *x, const int *from, const int *to, const int *panels,
    const float *bias, float *gates, size_t strip, int *pairs) {
  int depth = (width + 1) / 2;
  for (int i = 0; i < count; i++) to_bf16(width, x + (size_t)from[i] * width, pairs + (size_t)i * depth);
  for (int block = 0; block < hidden / LANES; block++)
    for (int i = 0, few; i < count; i += few) {
      few = share(count - i);
#define CALL(k) \
  contribute_block_bf16( \
      k, depth, hidden, block * LANES, pairs + (size_t)i * depth, to + i, panels + (size_t)block * depth * PANEL, \
      bias, gates + block * strip)
      FOR_ROWS(few, CALL)
#undef CALL
    }
}

/* Packs gate weights [4H, depth] as panels of pairs [H/L, depth/2, 4, L]. */
static BF16 void pack_gates_bf16(int depth, int hidden, const float *weights, int *panels, int *pairs) {
  int half = (depth + 1) / 2;
  for (int row = 0; row < 4 * hidden; row++) {
    int gate = row / hidden, block = row % hidden / LANES, lane = row % LANES;
    to_bf16(depth, weights + (size_t)row * depth, pairs);
    for (int k = 0; k < half; k++) panels[((size_t)block * half + k) * PANEL + gate * LANES + lane] = pairs[k];
  }
}
#endif

/*
 * Reorders weights into panels.
 *
 * input     [4H, D]
 * recurrent [4H, H]
 * inputs    out: [H/L, D, 4, L]; with bf16 pairs of bfloat16, [H/L, D/2, 4, L], then a row of scratch
 * forward   out: [H/L, H, 4, L]
 * backward  out: [H/4L, 4H, 4L], with rows in the order of the gates' panels
 */
void NAME(mer_lstm_pack)(
    int width, int hidden, int bf16, const float *input, const float *recurrent, float *inputs, float *forward,
    float *backward) {
#if LANES == 16
  if (bf16)
    pack_gates_bf16(width, hidden, input, (int *)inputs, (int *)inputs + (size_t)4 * hidden * ((width + 1) / 2));
  else
#else
  (void)bf16;
#endif
    pack_gates(width, hidden, input, inputs);
  pack_gates(hidden, hidden, recurrent, forward);
  for (int block = 0; block < hidden / PANEL; block++)
    for (int units = 0; units < hidden; units += LANES)
      for (int gate = 0; gate < 4; gate++)
        for (int lane = 0; lane < LANES; lane++, backward += PANEL)
          memcpy(
              backward, recurrent + (size_t)(gate * hidden + units + lane) * hidden + block * PANEL,
              PANEL * sizeof(float));
}

/* Computes the contribution of inputs and bias to the gates of L units of a few rows. */
INLINE void contribute_block(
    const int rows, int width, int hidden, int unit, const float *x, const int *from, const int *to,
    const float *panel, const float *bias, float *gates) {
  vec acc[ROWS][4];
  const float *left[ROWS];
  for (int r = 0; r < rows; r++) {
    left[r] = x + (size_t)from[r] * width;
    for (int g = 0; g < 4; g++) acc[r][g] = load(bias + g * hidden + unit);
  }
  multiply(rows, width, left, panel, acc);
  for (int r = 0; r < rows; r++)
    for (int g = 0; g < 4; g++) store(gates + (size_t)to[r] * PANEL + g * LANES, acc[r][g]);
}

/* Computes the contribution for all units of count rows; pairs [256, D/2] is scratch with bf16. */
static void contribute(
    int count, int width, int hidden, int bf16, const float *x, const int *from, const int *to, const float *inputs,
    const float *bias, float *gates, size_t strip, float *pairs) {
#if LANES == 16
  if (bf16) {
    contribute_bf16(count, width, hidden, x, from, to, (const int *)inputs, bias, gates, strip, (int *)pairs);
    return;
  }
#else
  (void)bf16;
  (void)pairs;
#endif
  for (int block = 0; block < hidden / LANES; block++)
    for (int i = 0, few; i < count; i += few) {
      few = share(count - i);
#define CALL(k) \
  contribute_block( \
      k, width, hidden, block * LANES, x, from + i, to + i, inputs + (size_t)block * width * PANEL, bias, \
      gates + block * strip)
      FOR_ROWS(few, CALL)
#undef CALL
    }
}

/* Copies the contributions of count rows, or the bias of erased ones. */
static void select_rows(
    int count, int hidden, const int *from, const float *projected, size_t stride, const char *erased, const float *bias,
    float *gates, size_t strip) {
  for (int block = 0; block < hidden / LANES; block++, projected += stride, gates += strip, bias += LANES)
    for (int i = 0; i < count; i++)
      for (int g = 0; g < 4; g++) {
        const float *source = projected + (size_t)from[i] * PANEL + g * LANES;
        store(gates + (size_t)i * PANEL + g * LANES, load(erased[from[i]] ? bias + g * hidden : source));
      }
}

/* Adds the contribution of the previous states to the gates of L units of a few rows. */
INLINE void recur_block(const int rows, int hidden, const float *before, const float *panel, float *gates) {
  vec acc[ROWS][4];
  const float *left[ROWS];
  for (int r = 0; r < rows; r++) {
    left[r] = before + r * hidden;
    for (int g = 0; g < 4; g++) acc[r][g] = load(gates + r * PANEL + g * LANES);
  }
  multiply(rows, hidden, left, panel, acc);
  for (int r = 0; r < rows; r++)
    for (int g = 0; g < 4; g++) store(gates + r * PANEL + g * LANES, acc[r][g]);
}

/*
 * Applies the gates' activations in place, then computes cell and output, for L units; earlier is the cell before, which
 * may be the same memory. Not inlined, because the compiler would then keep its constants in registers and the sums of
 * six rows in memory.
 */
static __attribute__((noinline)) void activate(
    int rows, int hidden, float *gates, const float *earlier, float *cell, float *output) {
  for (int r = 0; r < rows; r++, gates += PANEL, earlier += hidden, cell += hidden, output += hidden) {
    vec i = sigmoid(load(gates)), f = sigmoid(load(gates + LANES));
    vec g = tangent(load(gates + 2 * LANES)), o = sigmoid(load(gates + 3 * LANES));
    vec c = f * load(earlier) + i * g;
    store(gates, i);
    store(gates + LANES, f);
    store(gates + 2 * LANES, g);
    store(gates + 3 * LANES, o);
    store(cell, c);
    store(output, o * tangent(c));
  }
}

/* dh = dgates * R for 4L units of a few rows; strip is the distance between two panels of gates. */
INLINE void back_block(
    const int rows, int hidden, const float *gates, size_t strip, const float *panel, float *state) {
  vec acc[ROWS][4];
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < 4; v++) acc[r][v] = all(0.f);
  for (int block = 0; block < hidden / LANES; block++, panel += PANEL * PANEL, gates += strip) {
    const float *left[ROWS];
    for (int r = 0; r < rows; r++) left[r] = gates + r * PANEL;
    multiply(rows, PANEL, left, panel, acc);
  }
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < 4; v++) store(state + r * hidden + v * LANES, acc[r][v]);
}

/* Where one step reads and writes the states and cells of its rows. */
struct places {
  int begun;            /* the first rows, which had a step before; those after them begin with zeros */
  int lasting;          /* the first rows, which have another step; those after them end */
  const float *now;     /* states before the step */
  const float *earlier; /* cells before the step, of the rows that had one */
  const float *zeros;
  float *cell; /* cells after the step; may be earlier */
  float *next; /* states after the step, of the rows that have another */
  float *last; /* states after the step, of the rows that end */
};

/* Runs one step of all units. */
static void step(int rows, int hidden, const float *panels, float *gates, size_t strip, const struct places *at) {
  for (int block = 0; block < hidden / LANES; block++) {
    const float *panel = panels + (size_t)block * hidden * PANEL;
    float *values = gates + block * strip;
    for (int r = 0, few; r < rows; r += few) {
      few = share(rows - r);
#define CALL(k) recur_block(k, hidden, at->now + r * hidden, panel, values + r * PANEL)
      FOR_ROWS(few, CALL)
#undef CALL
    }
    for (int r = 0, end; r < rows; r = end) {
      end = r < at->begun ? at->begun : rows;
      if (r < at->lasting) end = lesser(end, at->lasting);
      int unit = r * hidden + block * LANES;
      activate(
          end - r, hidden, values + r * PANEL, (r < at->begun ? at->earlier : at->zeros) + unit, at->cell + unit,
          (r < at->lasting ? at->next : at->last) + unit);
    }
  }
}

/*
 * Computes the contribution of inputs and bias to the gates of the packed rows first..first+count-1, at most 256, as input
 * for mer_lstm_forward. This scales to more threads than there are rows.
 *
 * total    S
 * scratch  [256, D/2] with bf16
 * gates    [H/L, S, 4, L]  out
 */
void NAME(mer_lstm_contribute)(
    int first, int count, int total, int width, int hidden, int bf16, const float *x, const float *inputs,
    const float *bias, float *scratch, float *gates) {
  SUBNORMALS_ARE_ZERO;
  int rows[CHUNK];
  for (int i = 0; i < count; i++) rows[i] = first + i;
  contribute(count, width, hidden, bf16, x, rows, rows, inputs, bias, gates, (size_t)total * PANEL, scratch);
}

/* The number of rows in first..end-1 that a step with n rows has. */
INLINE int among(int n, int first, int end) { return n <= first ? 0 : lesser(n, end) - first; }

INLINE float *row_of(float *matrix, int row, int hidden) { return matrix + (size_t)row * hidden; }

/*
 * Runs forward from zero states.
 *
 * rows     end - first is at most 256
 * x        [S, D]
 * inputs   panels of mer_lstm_pack; NULL if mer_lstm_contribute has been called for all rows
 * projected  [H/L, S, 4, L]  the result of mer_lstm_contribute, which is not changed, if inputs and gates are NULL
 * erased   [S]             not 0 for packed rows whose features count as zero; read with projected
 * panels   the forward panels of mer_lstm_pack
 * bias     [4, H]
 * bf16     1 to multiply the inputs as bfloat16; requires level 3 of mer_lstm_level
 * scratch  [3 (end - first) H], and [256, 4H] more if gates is NULL, and [256, D/2] more with bf16
 * gates    [H/L, S, 4, L]  in: the result of mer_lstm_contribute, if inputs is NULL; out: the gates' values; NULL if no
 *          backward pass follows
 * before   [S, H]          out: the hidden state before each step; NULL if no backward pass follows
 * cells    [S, H]          out: the cell state after each step; NULL if no backward pass follows
 * last     [B, H]          out: the hidden state after each row's last step
 */
void NAME(mer_lstm_forward)(
    int first, int end, int steps, const int *n, const int *start, int width, int hidden, int reverse, int bf16,
    const float *x, const float *inputs, const float *projected, const char *erased, const float *panels,
    const float *bias, float *scratch, float *gates, float *before, float *cells, float *last) {
  SUBNORMALS_ARE_ZERO;
  int most = end - first;
  size_t total = (size_t)start[steps - 1] + n[steps - 1];
  float *states[2] = {scratch, scratch + (size_t)most * hidden}, *cell = scratch + (size_t)2 * most * hidden;
  float *values = gates ? gates : cell + (size_t)most * hidden;
  size_t strip = (gates ? total : CHUNK) * PANEL;
  memset(cell, 0, sizeof(float) * most * hidden);
  for (int s = 0, until; s < steps; s = until) {
    int from[CHUNK], to[CHUNK], count = 0;
    for (until = s; until < steps; until++) {
      int t = reverse ? steps - 1 - until : until;
      int rows = among(n[t], first, end);
      if (count + rows > CHUNK) break;
      for (int r = 0; r < rows; r++, count++) {
        from[count] = start[t] + first + r;
        to[count] = gates ? from[count] : count;
      }
    }
    if (inputs) {
      float *pairs = cell + (size_t)most * hidden + (gates ? 0 : (size_t)CHUNK * 4 * hidden);
      contribute(count, width, hidden, bf16, x, from, to, inputs, bias, values, strip, pairs);
    } else if (projected) {
      select_rows(count, hidden, from, projected, total * PANEL, erased, bias, values, strip);
    }
    for (int at = 0; s < until; s++) {
      int t = reverse ? steps - 1 - s : s;
      int prior = reverse ? t + 1 : t - 1, later = reverse ? t - 1 : t + 1;
      int rows = among(n[t], first, end);
      if (rows == 0) continue;
      int begun = s == 0 ? 0 : lesser(rows, among(n[prior], first, end));
      int lasting = s == steps - 1 ? 0 : lesser(rows, among(n[later], first, end));
      float *now = before ? row_of(before, start[t] + first, hidden) : states[s % 2];
      memset(now + begun * hidden, 0, sizeof(float) * (rows - begun) * hidden);
      struct places places = {
          .begun = begun,
          .lasting = lasting,
          .now = now,
          .earlier = cells && begun ? row_of(cells, start[prior] + first, hidden) : cell,
          .zeros = cell,
          .cell = cells ? row_of(cells, start[t] + first, hidden) : cell,
          .next = before && lasting ? row_of(before, start[later] + first, hidden) : states[(s + 1) % 2],
          .last = row_of(last, first, hidden),
      };
      step(rows, hidden, panels, values + (size_t)to[at] * PANEL, strip, &places);
      at += rows;
    }
  }
}

/* The gradients with respect to the gates' arguments and the previous cell, for L units of a row. */
INLINE void differentiate(float *gates, const float *after, const float *earlier, float *state, float *cell) {
  vec i = load(gates), f = load(gates + LANES), g = load(gates + 2 * LANES), o = load(gates + 3 * LANES);
  vec c = tangent(load(after)), p = earlier ? load(earlier) : all(0.f), dh = load(state);
  vec dc = load(cell) + dh * o * (all(1.f) - c * c);
  store(gates, dc * g * i * (all(1.f) - i));
  store(gates + LANES, dc * p * f * (all(1.f) - f));
  store(gates + 2 * LANES, dc * i * (all(1.f) - g * g));
  store(gates + 3 * LANES, dh * c * o * (all(1.f) - o));
  store(cell, dc * f);
}

/*
 * Adds the gradient of attention pooling to that of the states after one step, for all units of a few rows: that is
 * weight * pooled + score * vector.
 */
static __attribute__((noinline)) void add_pooling(
    int rows, int hidden, const float *factors, const float *pooled, const float *vector, float *state) {
  for (int r = 0; r < rows; r++, factors += 2, pooled += hidden, state += hidden) {
    vec weight = all(factors[0]), score = all(factors[1]);
    for (int unit = 0; unit < hidden; unit += LANES)
      store(state + unit, load(state + unit) + (weight * load(pooled + unit) + score * load(vector + unit)));
  }
}

/*
 * Runs backward after mer_lstm_forward.
 *
 * gates    [H/L, S, 4, L]  in: the gates' values; out: the loss's gradients with respect to their arguments
 * panels   the backward panels of mer_lstm_pack
 * cells    [S, H]          from mer_lstm_forward
 * state    [B, H]          in: the loss's gradient with respect to the rows' last states; overwritten
 * factors  [S, 2]          of attention pooling: each step's weight, and the loss's gradient with respect to its score;
 *          NULL without pooling, as are the next two
 * pooled   [end - first, H]  the loss's gradient with respect to the weighted sum of the states
 * vector   [H]             a step's score is its product with the state
 * scratch  [(end - first) H]
 */
void NAME(mer_lstm_backward)(
    int first, int end, int steps, const int *n, const int *start, int hidden, int reverse, float *gates,
    const float *panels, const float *cells, float *state, const float *factors, const float *pooled,
    const float *vector, float *scratch) {
  SUBNORMALS_ARE_ZERO;
  size_t total = (size_t)start[steps - 1] + n[steps - 1];
  size_t strip = total * PANEL;
  state += (size_t)first * hidden;
  memset(scratch, 0, sizeof(float) * (end - first) * hidden);
  for (int s = 0; s < steps; s++) {
    int t = reverse ? s : steps - 1 - s;
    int from = reverse ? t + 1 : t - 1;
    int rows = among(n[t], first, end);
    if (rows == 0) continue;
    int continued = from < 0 || from >= steps ? 0 : lesser(rows, among(n[from], first, end));
    float *at = gates + ((size_t)start[t] + first) * PANEL;
    const float *after = cells + ((size_t)start[t] + first) * hidden;
    if (factors) add_pooling(rows, hidden, factors + 2 * ((size_t)start[t] + first), pooled, vector, state);
    const float *earlier = continued ? cells + ((size_t)start[from] + first) * hidden : cells;
    for (int unit = 0; unit < hidden; unit += LANES)
      for (int r = 0; r < rows; r++) {
        size_t place = (size_t)r * hidden + unit;
        differentiate(
            at + unit / LANES * strip + r * PANEL, after + place, r < continued ? earlier + place : NULL,
            state + place, scratch + place);
      }
    for (int block = 0; block < hidden / PANEL; block++) {
      const float *panel = panels + (size_t)block * 4 * hidden * PANEL;
      for (int r = 0, few; r < rows; r += few) {
        few = share(rows - r);
#define CALL(k) back_block(k, hidden, at + r * PANEL, strip, panel, state + r * hidden + block * PANEL)
        FOR_ROWS(few, CALL)
#undef CALL
      }
    }
  }
}

/* sums[rows, 4L] += x[depth, rows]^T * gates[depth, 4L]; the rows are a few consecutive columns of x. */
INLINE void sum_block(
    const int rows, int depth, const float *x, size_t width, const float *gates, float *sums, size_t stride) {
  vec acc[ROWS][4];
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < 4; v++) acc[r][v] = load(sums + r * stride + v * LANES);
  for (int k = 0; k < depth; k++, gates += PANEL, x += width) {
    vec a[ROWS];
    for (int r = 0; r < rows; r++) a[r] = all(x[r]);
    multiply_step(rows, a, gates, acc);
  }
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < 4; v++) store(sums + r * stride + v * LANES, acc[r][v]);
}

/* bias[4] += the sums of gates[depth, 4L]; stride is the distance between two gates of the bias. */
INLINE void sum_bias(int depth, const float *gates, float *bias, size_t stride) {
  vec sum[4];
  for (int g = 0; g < 4; g++) sum[g] = load(bias + g * stride);
  for (int s = 0; s < depth; s++, gates += PANEL)
    for (int g = 0; g < 4; g++) sum[g] += load(gates + g * LANES);
  for (int g = 0; g < 4; g++) store(bias + g * stride, sum[g]);
}

/* Requests the columns of a row of x, and its gates in all panels: processors do not foresee these distances. */
static void prefetch_row(int columns, int hidden, const float *x, const float *gates, size_t strip) {
  for (int d = 0; d < columns; d += 16) __builtin_prefetch(x + d, 0, 2);
  for (int block = 0; block < hidden / LANES; block++, gates += strip)
    for (int column = 0; column < PANEL; column += 16) __builtin_prefetch(gates + column, 0, 2);
}

/*
 * The gradient of columns of the weights of x: [4H, columns] = dgates^T * x. Also that of the bias, because the gates are
 * in the caches.
 *
 * total    S
 * x        [S, D], starting at the first of these columns; D is width
 * gates    [H/L, S, 4, L]  from mer_lstm_backward
 * sums     [columns, 4H]   scratch
 * gradient [4H, columns]   out
 * bias     [4, H]          out: the sum of dgates over all packed rows; NULL if it is not wanted
 */
void NAME(mer_lstm_gradient)(
    int total, int width, int columns, int hidden, const float *x, const float *gates, float *sums, float *gradient,
    float *bias) {
  SUBNORMALS_ARE_ZERO;
  size_t stride = (size_t)4 * hidden;
  memset(sums, 0, sizeof(float) * columns * stride);
  if (bias) memset(bias, 0, sizeof(float) * stride);
  for (int s = 0; s < total; s += DEPTH) {
    int depth = lesser(DEPTH, total - s), next = s + depth, ahead = lesser(DEPTH, total - next);
    for (int d = 0, few; d < columns; d += few) {
      few = share(columns - d);
      for (int row = next + ahead * d / columns; row < next + ahead * (d + few) / columns; row++)
        prefetch_row(
            columns, hidden, x + (size_t)row * width, gates + (size_t)row * PANEL, (size_t)total * PANEL);
      for (int block = 0; block < hidden / LANES; block++) {
#define CALL(k) \
  sum_block( \
      k, depth, x + (size_t)s * width + d, width, gates + ((size_t)block * total + s) * PANEL, \
      sums + d * stride + block * PANEL, stride)
        FOR_ROWS(few, CALL)
#undef CALL
      }
    }
    for (int block = 0; bias && block < hidden / LANES; block++)
      sum_bias(depth, gates + ((size_t)block * total + s) * PANEL, bias + block * LANES, hidden);
  }
  for (int from = 0; from < columns; from += 16)
    for (int column = 0; column < 4 * hidden; column++) {
      int block = column / PANEL, gate = column % PANEL / LANES;
      float *target = gradient + (size_t)(gate * hidden + block * LANES + column % LANES) * columns;
      for (int d = from; d < lesser(columns, from + 16); d++) target[d] = sums[d * stride + column];
    }
}
