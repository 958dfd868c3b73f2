/*
 * The recurrence of an LSTM over packed rows, forward and backward, in single precision.
 *
 * Rows are sorted by length, longest first, and packed by step as PyTorch packs them: step t holds the rows 0..n[t]-1,
 * the packed row of (t, r) is start[t] + r, and there are S of them. The forward direction walks t upwards, rows leave
 * when they end; the reverse direction walks t downwards, rows join at their last step. So nothing is padded and
 * nothing is reversed.
 *
 * Letters as in the Java code: D inputs, H hidden units, here a multiple of 64; gates lie as [4, H] in the order i, f, g,
 * o. Compiled once for each instruction set; LANES is the number of floats in a vector register.
 */
#include <stddef.h>
#include <string.h>

#if defined(__AVX512F__)
#define LANES 16
#define ROWS 6
#define NAME(f) f##_avx512
#elif defined(__AVX2__)
#define LANES 8
#define ROWS 2
#define NAME(f) f##_avx2
#else
#define LANES 4
#define ROWS 2
#define NAME(f) f##_any
#endif

typedef float vec __attribute__((vector_size(4 * LANES)));
typedef float loose __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int ints __attribute__((vector_size(4 * LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const float *p) { return *(const loose *)p; }
INLINE void store(float *p, vec x) { *(loose *)p = x; }
INLINE vec all(float x) { return x - (vec){}; }

INLINE vec pick(ints mask, vec a, vec b) {
  return (vec)((mask & (ints)a) | (~mask & (ints)b));
}

/* e^x for x clamped to [-80, 80]; Cephes' polynomial after reduction by multiples of ln 2, good to about 2 ulp. */
INLINE vec exponential(vec x) {
  x = pick(x < all(-80.f), all(-80.f), pick(x > all(80.f), all(80.f), x));
  const vec magic = all(12582912.f); /* 1.5 * 2^23: adding it rounds to an integer */
  vec shifted = x * all(1.44269504f) + magic;
  vec n = shifted - magic;
  vec r = x - n * all(0.693359375f) + n * all(2.12194440e-4f);
  vec p = all(1.9875691500e-4f);
  p = p * r + all(1.3981999507e-3f);
  p = p * r + all(8.3334519073e-3f);
  p = p * r + all(4.1665795894e-2f);
  p = p * r + all(1.6666665459e-1f);
  p = p * r + all(5.0000001201e-1f);
  p = p * r * r + r + all(1.f);
  ints exponent = ((ints)shifted - (ints)magic + 127) << 23;
  return p * (vec)exponent;
}

INLINE vec sigmoid(vec x) { return all(1.f) / (all(1.f) + exponential(-x)); }
INLINE vec tangent(vec x) { return all(1.f) - all(2.f) / (all(1.f) + exponential(x + x)); }

/*
 * Reorders the recurrent weights [4H, H] into panels for both passes:
 * forward  [H / LANES, H, 4, LANES]: for a block of units, all four gates of it, by the unit they read;
 * backward [H / (4 LANES), 4H, 4 LANES]: for a block of units read, by the gate that reads them.
 */
void NAME(mer_lstm_pack)(int hidden, const float *weights, float *forward, float *backward) {
  for (int block = 0; block < hidden / LANES; block++)
    for (int k = 0; k < hidden; k++)
      for (int gate = 0; gate < 4; gate++)
        for (int lane = 0; lane < LANES; lane++)
          *forward++ = weights[(size_t)(gate * hidden + block * LANES + lane) * hidden + k];
  for (int block = 0; block < hidden / (4 * LANES); block++)
    for (int k = 0; k < 4 * hidden; k++)
      for (int lane = 0; lane < 4 * LANES; lane++)
        *backward++ = weights[(size_t)k * hidden + block * 4 * LANES + lane];
}

/* acc += left[rows, depth] * panel[depth, 4 vectors] */
INLINE void multiply(
    const int rows, int depth, const float *left, size_t stride, const float *panel, vec acc[ROWS][4]) {
  for (int k = 0; k < depth; k++) {
    vec b0 = load(panel), b1 = load(panel + LANES);
    vec b2 = load(panel + 2 * LANES), b3 = load(panel + 3 * LANES);
    panel += 4 * LANES;
    for (int r = 0; r < rows; r++) {
      vec a = all(left[r * stride + k]);
      acc[r][0] += a * b0;
      acc[r][1] += a * b1;
      acc[r][2] += a * b2;
      acc[r][3] += a * b3;
    }
  }
}

/* One step of a block of LANES units for a few rows: gates in place, then cell and output. */
INLINE void step_block(
    const int rows, int hidden, int unit, const float *before, const float *panel, const float *bias, float *gates,
    float *cell, float *output) {
  vec acc[ROWS][4];
  for (int r = 0; r < rows; r++)
    for (int g = 0; g < 4; g++)
      acc[r][g] = load(gates + (size_t)(4 * r + g) * hidden + unit) + load(bias + g * hidden + unit);
  multiply(rows, hidden, before, hidden, panel, acc);
  for (int r = 0; r < rows; r++) {
    float *row = gates + (size_t)4 * r * hidden + unit;
    vec i = sigmoid(acc[r][0]), f = sigmoid(acc[r][1]), g = tangent(acc[r][2]), o = sigmoid(acc[r][3]);
    vec c = f * load(cell + r * hidden + unit) + i * g;
    store(row, i);
    store(row + hidden, f);
    store(row + 2 * hidden, g);
    store(row + 3 * hidden, o);
    store(cell + r * hidden + unit, c);
    store(output + r * hidden + unit, o * tangent(c));
  }
}

/* dh = dgates * R for a block of 4 LANES units of a few rows. */
INLINE void back_block(const int rows, int hidden, const float *gates, const float *panel, float *state) {
  vec acc[ROWS][4];
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < 4; v++) acc[r][v] = all(0.f);
  multiply(rows, 4 * hidden, gates, (size_t)4 * hidden, panel, acc);
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < 4; v++) store(state + r * hidden + v * LANES, acc[r][v]);
}

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
#else
#define FOR_ROWS(rows, call) \
  switch (rows) { \
    case 2: call(2); break; \
    default: call(1); \
  }
#endif

/* Rows of the next block, so that blocks come out about equal: 16 rows are 6 + 5 + 5. */
INLINE int share(int rows) {
  int blocks = (rows + ROWS - 1) / ROWS;
  return (rows + blocks - 1) / blocks;
}

/*
 * Runs forward from zero states.
 *
 * gates   [S, 4, H]  in: what the inputs contribute; out: the gates' values
 * panels  the forward panels of mer_lstm_pack
 * bias    [4, H]
 * state   [2, B, H]  scratch; cell [B, H] scratch
 * before  [S, H]     out: the hidden state each step started from; NULL if no backward pass follows
 * cells   [S, H]     out: the cell state after each step; NULL likewise
 * last    [B, H]     out: the hidden state after each row's last step
 */
void NAME(mer_lstm_forward)(
    int steps, const int *n, const int *start, int hidden, int reverse, float *gates, const float *panels,
    const float *bias, float *state, float *cell, float *before, float *cells, float *last) {
  int batch = n[0];
  size_t row = sizeof(float) * hidden;
  float *now = state, *next = state + (size_t)batch * hidden;
  memset(state, 0, 2 * batch * row);
  memset(cell, 0, batch * row);
  for (int s = 0; s < steps; s++) {
    int t = reverse ? steps - 1 - s : s;
    int rows = n[t];
    float *at = gates + (size_t)start[t] * 4 * hidden;
    if (before) memcpy(before + (size_t)start[t] * hidden, now, rows * row);
    for (int block = 0; block < hidden / LANES; block++) {
      const float *panel = panels + (size_t)block * hidden * 4 * LANES;
      for (int r = 0, few; r < rows; r += few) {
        few = share(rows - r);
#define CALL(k) \
  step_block( \
      k, hidden, block * LANES, now + r * hidden, panel, bias, at + (size_t)4 * r * hidden, cell + r * hidden, \
      next + r * hidden)
        FOR_ROWS(few, CALL)
#undef CALL
      }
    }
    if (cells) memcpy(cells + (size_t)start[t] * hidden, cell, rows * row);
    int ending = reverse ? (t == 0 ? 0 : rows) : (t + 1 < steps ? n[t + 1] : 0);
    if (ending < rows)
      memcpy(last + (size_t)ending * hidden, next + (size_t)ending * hidden, (rows - ending) * row);
    float *swap = now;
    now = next;
    next = swap;
    if (reverse && t > 0)
      memset(now + (size_t)rows * hidden, 0, (n[t - 1] - rows) * row);
  }
}

/*
 * Runs backward after mer_lstm_forward.
 *
 * gates    [S, 4, H]  in: the gates' values; out: the loss's gradients with respect to their arguments
 * panels   the backward panels of mer_lstm_pack
 * cells    [S, H]     as mer_lstm_forward left them
 * state    [B, H]     in: the loss's gradient with respect to the rows' last states; overwritten
 * cell     [B, H]     scratch
 * bias     [4, H]     out: the gradient of the bias
 */
void NAME(mer_lstm_backward)(
    int steps, const int *n, const int *start, int hidden, int reverse, float *gates, const float *panels,
    const float *cells, float *state, float *cell, float *bias) {
  memset(cell, 0, sizeof(float) * n[0] * hidden);
  memset(bias, 0, sizeof(float) * 4 * hidden);
  for (int s = 0; s < steps; s++) {
    int t = reverse ? s : steps - 1 - s;
    int from = reverse ? t + 1 : t - 1;
    int rows = n[t];
    int continued = from < 0 || from >= steps ? 0 : n[from] < rows ? n[from] : rows;
    float *at = gates + (size_t)start[t] * 4 * hidden;
    const float *after = cells + (size_t)start[t] * hidden;
    const float *earlier = continued ? cells + (size_t)start[from] * hidden : cells;
    for (int unit = 0; unit < hidden; unit += LANES) {
      vec si = all(0.f), sf = si, sg = si, so = si;
      for (int r = 0; r < rows; r++) {
        float *row = at + (size_t)4 * r * hidden + unit;
        vec i = load(row), f = load(row + hidden), g = load(row + 2 * hidden), o = load(row + 3 * hidden);
        vec c = tangent(load(after + r * hidden + unit));
        vec p = r < continued ? load(earlier + r * hidden + unit) : all(0.f);
        vec dh = load(state + r * hidden + unit);
        vec dc = load(cell + r * hidden + unit) + dh * o * (all(1.f) - c * c);
        vec di = dc * g * i * (all(1.f) - i);
        vec df = dc * p * f * (all(1.f) - f);
        vec dg = dc * i * (all(1.f) - g * g);
        vec dx = dh * c * o * (all(1.f) - o);
        store(row, di);
        store(row + hidden, df);
        store(row + 2 * hidden, dg);
        store(row + 3 * hidden, dx);
        store(cell + r * hidden + unit, dc * f);
        si += di;
        sf += df;
        sg += dg;
        so += dx;
      }
      store(bias + unit, load(bias + unit) + si);
      store(bias + hidden + unit, load(bias + hidden + unit) + sf);
      store(bias + 2 * hidden + unit, load(bias + 2 * hidden + unit) + sg);
      store(bias + 3 * hidden + unit, load(bias + 3 * hidden + unit) + so);
    }
    if (s + 1 == steps) break;
    for (int block = 0; block < hidden / (4 * LANES); block++) {
      const float *panel = panels + (size_t)block * 4 * hidden * 4 * LANES;
      for (int r = 0, few; r < rows; r += few) {
        few = share(rows - r);
#define CALL(k) \
  back_block(k, hidden, at + (size_t)4 * r * hidden, panel, state + r * hidden + block * 4 * LANES)
        FOR_ROWS(few, CALL)
#undef CALL
      }
    }
  }
}
