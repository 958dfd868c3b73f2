/*
 * Measures libxsmm's LSTM cell on the encoders of the recipe: three bidirectional LSTMs of 300, 74 and 713 inputs, H = 128,
 * 300 steps in every row. build.sh compiles it with the sources of Debian's libxsmm-dev 1.17; then
 *
 *   ./lstm SECONDS inference|step|encoder...
 *
 * inference is the forward pass of 1, 16 and 64 rows; step, the forward and backward pass of all three encoders of 16 rows;
 * encoder, that of each encoder. Prints medians in milliseconds in the JSON format of JMH.
 *
 * The cell has no bidirectional form and no lengths: the reverse direction is a cell of reversed inputs, and rows are equally
 * long. Each direction has half of the threads, so that with two threads none waits for the other. Inputs are padded with zeros
 * to a multiple of 16, which the vectorized gates require. Other blocks than those of shape() were at most 5 % faster on an AMD
 * EPYC (family 25, model 17). The backward pass computes the gradients of the weights, not of the inputs. Not included are the conversion
 * of weights to blocked layouts, their transposition for the backward pass, and the reversal of the inputs.
 *
 * Before any measurement, a small cell is compared with a plain implementation in double precision, and its gradients with
 * finite differences.
 */
#include <libxsmm.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xmmintrin.h>

enum { HIDDEN = 128, STEPS = 300, BATCH = 16, GATES = 4, LANES = 16, DIRECTIONS = 2 };

static const int WIDTHS[] = {300, 74, 713};

enum { ENCODERS = sizeof WIDTHS / sizeof *WIDTHS };

/* Tensors of a cell and their sizes as products of T, N, C, K and 4 (gates). */
static const struct {
  libxsmm_dnn_tensor_type type;
  const char *size;
} TENSORS[] = {
    {LIBXSMM_DNN_RNN_REGULAR_INPUT, "TNC"},
    {LIBXSMM_DNN_RNN_REGULAR_WEIGHT, "4CK"},
    {LIBXSMM_DNN_RNN_REGULAR_RECUR_WEIGHT, "4KK"},
    {LIBXSMM_DNN_RNN_REGULAR_BIAS, "4K"},
    {LIBXSMM_DNN_RNN_REGULAR_RECUR_WEIGHT_TRANS, "4KK"},
    {LIBXSMM_DNN_RNN_GRADIENT_HIDDEN_STATE, "TNK"},
    {LIBXSMM_DNN_RNN_REGULAR_HIDDEN_STATE, "TNK"},
    {LIBXSMM_DNN_RNN_GRADIENT_WEIGHT, "4CK"},
    {LIBXSMM_DNN_RNN_GRADIENT_RECUR_WEIGHT, "4KK"},
    {LIBXSMM_DNN_RNN_GRADIENT_BIAS, "4K"},
    {LIBXSMM_DNN_RNN_REGULAR_CS, "TNK"},
    {LIBXSMM_DNN_RNN_REGULAR_CS_PREV, "NK"},
    {LIBXSMM_DNN_RNN_REGULAR_HIDDEN_STATE_PREV, "NK"},
    {LIBXSMM_DNN_RNN_INTERNAL_I, "TNK"},
    {LIBXSMM_DNN_RNN_INTERNAL_F, "TNK"},
    {LIBXSMM_DNN_RNN_INTERNAL_O, "TNK"},
    {LIBXSMM_DNN_RNN_INTERNAL_CI, "TNK"},
    {LIBXSMM_DNN_RNN_INTERNAL_CO, "TNK"},
    {LIBXSMM_DNN_RNN_REGULAR_WEIGHT_TRANS, "4CK"},
    {LIBXSMM_DNN_RNN_GRADIENT_INPUT, "TNC"},
    {LIBXSMM_DNN_RNN_GRADIENT_CS, "NK"},
    {LIBXSMM_DNN_RNN_GRADIENT_CS_PREV, "NK"},
    {LIBXSMM_DNN_RNN_GRADIENT_HIDDEN_STATE_PREV, "NK"},
};

enum {
  INPUT,
  WEIGHT,
  RECURRENT,
  BIAS,
  RECURRENT_TRANSPOSED,
  STATE_GRADIENT,
  STATE,
  WEIGHT_GRADIENT,
  RECURRENT_GRADIENT,
  BIAS_GRADIENT,
  COUNT = sizeof TENSORS / sizeof *TENSORS
};

typedef struct {
  int inputs, rows, steps;    /* inputs: a multiple of LANES */
  int threads;                /* of one direction */
  int bn, bc, bk;             /* extents of the blocks of rows, inputs and units */
} Shape;

typedef struct {
  Shape shape;
  libxsmm_dnn_rnncell *cell;
  libxsmm_dnn_tensor *tensors[COUNT];
  float *data[COUNT];
  void *scratch;
} Direction;

/* Returns the blocks of a cell: all rows, at most 304 inputs, 64 units. */
static Shape shape(int width, int rows, int steps) {
  int inputs = (width + LANES - 1) / LANES * LANES;
  int bc = 304;
  while (inputs % bc) {
    bc -= LANES;
  }
  int threads = omp_get_max_threads();
  return (Shape){inputs, rows, steps, threads > 1 ? threads / DIRECTIONS : 1, rows, bc, 64};
}

static void require(libxsmm_dnn_err_t status) {
  if (status != LIBXSMM_DNN_SUCCESS) {
    fprintf(stderr, "libxsmm: %s\n", libxsmm_dnn_get_error(status));
    exit(1);
  }
}

static size_t size(Shape shape, const char *factors) {
  size_t product = 1;
  for (; *factors; factors++) {
    product *= *factors == 'T' ? shape.steps : *factors == 'N' ? shape.rows : *factors == 'C' ? shape.inputs
             : *factors == 'K' ? HIDDEN : GATES;
  }
  return product;
}

/* Returns a value in [-1, 1), from a linear congruential generator. */
static float draw(unsigned long long *state) {
  *state = *state * 6364136223846793005ull + 1442695040888963407ull;
  return (float)((*state >> 40) / 8388608.0 - 1);
}

/* The position of w[c][k] of a gate in the blocked layout [K/bk][C/bc][bc][bk]. */
static size_t blocked(int c, int k, int inputs, int bc, int bk) {
  return (((size_t)(k / bk) * (inputs / bc) + c / bc) * bc + c % bc) * bk + k % bk;
}

static void transpose_recurrent(Direction *direction) {
  int bk = direction->shape.bk;
  for (int gate = 0; gate < GATES; gate++) {
    float *from = direction->data[RECURRENT] + gate * HIDDEN * HIDDEN;
    float *to = direction->data[RECURRENT_TRANSPOSED] + gate * HIDDEN * HIDDEN;
    for (int c = 0; c < HIDDEN; c++) {
      for (int k = 0; k < HIDDEN; k++) {
        to[blocked(k, c, HIDDEN, bk, bk)] = from[blocked(c, k, HIDDEN, bk, bk)];
      }
    }
  }
}

/* Creates a cell of random inputs and weights, whose last state has the gradient 1. */
static Direction create(Shape shape, int width) {
  Direction direction = {.shape = shape};
  libxsmm_dnn_err_t status;
  libxsmm_dnn_rnncell_desc description = {
      .threads = shape.threads,
      .K = HIDDEN,
      .N = shape.rows,
      .C = shape.inputs,
      .max_T = shape.steps,
      .bk = shape.bk,
      .bn = shape.bn,
      .bc = shape.bc,
      .cell_type = LIBXSMM_DNN_RNNCELL_LSTM,
      .datatype_in = LIBXSMM_DNN_DATATYPE_F32,
      .datatype_out = LIBXSMM_DNN_DATATYPE_F32,
      .buffer_format = LIBXSMM_DNN_TENSOR_FORMAT_NC,
      .filter_format = LIBXSMM_DNN_TENSOR_FORMAT_CKPACKED};
  direction.cell = libxsmm_dnn_create_rnncell(description, &status);
  require(status);
  for (int t = 0; t < COUNT; t++) {
    size_t bytes = size(shape, TENSORS[t].size) * sizeof(float);
    direction.data[t] = libxsmm_aligned_malloc(bytes, 1 << 21);
    memset(direction.data[t], 0, bytes);
    libxsmm_dnn_tensor_datalayout *layout =
        libxsmm_dnn_rnncell_create_tensor_datalayout(direction.cell, TENSORS[t].type, &status);
    require(status);
    direction.tensors[t] = libxsmm_dnn_link_tensor(layout, direction.data[t], &status);
    require(status);
    libxsmm_dnn_destroy_tensor_datalayout(layout);
    require(libxsmm_dnn_rnncell_bind_tensor(direction.cell, direction.tensors[t], TENSORS[t].type));
  }
  size_t bytes = libxsmm_dnn_rnncell_get_scratch_size(direction.cell, LIBXSMM_DNN_COMPUTE_KIND_ALL, &status);
  require(status);
  direction.scratch = libxsmm_aligned_malloc(bytes, 1 << 21);
  memset(direction.scratch, 0, bytes);
  require(libxsmm_dnn_rnncell_bind_scratch(direction.cell, LIBXSMM_DNN_COMPUTE_KIND_ALL, direction.scratch));

  unsigned long long state = 1;
  for (size_t row = 0; row < (size_t)shape.steps * shape.rows; row++) {
    for (int c = 0; c < width; c++) {
      direction.data[INPUT][row * shape.inputs + c] = draw(&state);
    }
  }
  float range = 1 / sqrtf(HIDDEN);
  for (int tensor = WEIGHT; tensor <= BIAS; tensor++) {
    for (size_t i = 0; i < size(shape, TENSORS[tensor].size); i++) {
      direction.data[tensor][i] = range * draw(&state);
    }
  }
  transpose_recurrent(&direction);
  float *gradient = direction.data[STATE_GRADIENT] + (size_t)(shape.steps - 1) * shape.rows * HIDDEN;
  for (int i = 0; i < shape.rows * HIDDEN; i++) {
    gradient[i] = 1;
  }
  return direction;
}

static void destroy(Direction *direction) {
  for (int t = 0; t < COUNT; t++) {
    require(libxsmm_dnn_rnncell_release_tensor(direction->cell, TENSORS[t].type));
    require(libxsmm_dnn_destroy_tensor(direction->tensors[t]));
    libxsmm_free(direction->data[t]);
  }
  require(libxsmm_dnn_rnncell_release_scratch(direction->cell, LIBXSMM_DNN_COMPUTE_KIND_ALL));
  libxsmm_free(direction->scratch);
  require(libxsmm_dnn_destroy_rnncell(direction->cell));
}

/* Runs the directions of encoders in parallel, each on its part of the threads. */
static void run(Direction (*encoders)[DIRECTIONS], int count, int training) {
  int each = encoders[0][0].shape.threads;
  int all = omp_get_max_threads();
#pragma omp parallel num_threads(all)
  {
    int thread = omp_get_thread_num();
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    for (int e = 0; e < count; e++) {
      for (int d = 0; d < DIRECTIONS; d++) {
        int start = all > 1 ? d * each : 0;
        if (thread >= start && thread < start + each) {
          libxsmm_dnn_rnncell *cell = encoders[e][d].cell;
          require(libxsmm_dnn_rnncell_execute_st(cell, LIBXSMM_DNN_COMPUTE_KIND_FWD, start, thread));
          if (training) {
            require(libxsmm_dnn_rnncell_execute_st(cell, LIBXSMM_DNN_COMPUTE_KIND_UPD, start, thread));
          }
        }
      }
    }
  }
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Returns the median milliseconds of at least three runs, after a first one. */
static double median(Direction (*encoders)[DIRECTIONS], int count, int training, double seconds) {
  enum { MOST = 100000 };
  static double times[MOST];
  run(encoders, count, training);
  int runs = 0;
  double end = omp_get_wtime() + seconds;
  while (runs < MOST && (runs < 3 || omp_get_wtime() < end)) {
    double began = omp_get_wtime();
    run(encoders, count, training);
    times[runs++] = 1e3 * (omp_get_wtime() - began);
  }
  qsort(times, runs, sizeof *times, ascending);
  return times[runs / 2];
}

/* Prints the result of some encoders. */
static void report(const char *name, const char *parameter, int value, const int *widths, int count, int rows, int training,
                   double seconds) {
  static int results;
  Direction encoders[ENCODERS][DIRECTIONS];
  for (int e = 0; e < count; e++) {
    for (int d = 0; d < DIRECTIONS; d++) {
      encoders[e][d] = create(shape(widths[e], rows, STEPS), widths[e]);
    }
  }
  double ms = median(encoders, count, training, seconds);
  for (int e = 0; e < count; e++) {
    for (int d = 0; d < DIRECTIONS; d++) {
      destroy(&encoders[e][d]);
    }
  }
  printf("%s{\"benchmark\": \"libxsmm.%s\", \"params\": {\"%s\": \"%d\"},\n"
         " \"primaryMetric\": {\"scorePercentiles\": {\"50.0\": %.4f}}}",
         results++ ? ",\n" : "", name, parameter, value, ms);
  fflush(stdout);
}

/* Returns the sum of the last states of a cell in double precision, with one weight or bias changed. */
static double plain_sum(const Direction *cell, int tensor, size_t at, double change, double *last) {
  Shape s = cell->shape;
  double sum = 0;
  for (int n = 0; n < s.rows; n++) {
    double h[HIDDEN] = {0}, c[HIDDEN] = {0};
    for (int t = 0; t < s.steps; t++) {
      double gates[GATES][HIDDEN];
      for (int g = 0; g < GATES; g++) {
        for (int k = 0; k < HIDDEN; k++) {
          size_t b = g * HIDDEN + k;
          double z = cell->data[BIAS][b] + (tensor == BIAS && at == b ? change : 0);
          for (int i = 0; i < s.inputs; i++) {
            size_t w = (size_t)g * s.inputs * HIDDEN + blocked(i, k, s.inputs, s.bc, s.bk);
            double weight = cell->data[WEIGHT][w] + (tensor == WEIGHT && at == w ? change : 0);
            z += weight * cell->data[INPUT][((size_t)t * s.rows + n) * s.inputs + i];
          }
          for (int i = 0; i < HIDDEN; i++) {
            size_t r = (size_t)g * HIDDEN * HIDDEN + blocked(i, k, HIDDEN, s.bk, s.bk);
            z += (cell->data[RECURRENT][r] + (tensor == RECURRENT && at == r ? change : 0)) * h[i];
          }
          gates[g][k] = g == 1 ? tanh(z) : 1 / (1 + exp(-z)); /* input, cell, forget, output */
        }
      }
      for (int k = 0; k < HIDDEN; k++) {
        c[k] = gates[2][k] * c[k] + gates[0][k] * gates[1][k];
        h[k] = gates[3][k] * tanh(c[k]);
      }
    }
    for (int k = 0; k < HIDDEN; k++) {
      sum += h[k];
      if (last) {
        last[n * HIDDEN + k] = h[k];
      }
    }
  }
  return sum;
}

/* Compares states and gradients of a small cell with the plain implementation; exits if they differ. */
static void check(void) {
  enum { ROWS = 4, STEPS_CHECKED = 5, CHECKED = 4 };
  static double expected[ROWS * HIDDEN];
  Shape small = shape(74, ROWS, STEPS_CHECKED);
  Direction encoder[1][DIRECTIONS];
  encoder[0][0] = create(small, 74);
  encoder[0][1] = create(small, 74);
  run(encoder, 1, 1);
  Direction *cell = &encoder[0][0];
  plain_sum(cell, -1, 0, 0, expected);
  double states = 0, gradients = 0;
  for (int i = 0; i < ROWS * HIDDEN; i++) {
    states = fmax(states, fabs(cell->data[STATE][(STEPS_CHECKED - 1) * ROWS * HIDDEN + i] - expected[i]));
  }
  unsigned long long seed = 2;
  for (int tensor = WEIGHT; tensor <= BIAS; tensor++) {
    for (int i = 0; i < CHECKED; i++) {
      size_t at = (size_t)((draw(&seed) + 1) / 2 * size(small, TENSORS[tensor].size));
      double up = plain_sum(cell, tensor, at, 1e-4, NULL), down = plain_sum(cell, tensor, at, -1e-4, NULL);
      double slope = (up - down) / 2e-4;
      gradients = fmax(gradients, fabs(cell->data[WEIGHT_GRADIENT + tensor - WEIGHT][at] - slope) / fmax(1, fabs(slope)));
    }
  }
  destroy(&encoder[0][0]);
  destroy(&encoder[0][1]);
  fprintf(stderr, "libxsmm: largest difference of states %.1e, of gradients %.1e\n", states, gradients);
  if (!(states < 1e-4 && gradients < 1e-3)) {
    fprintf(stderr, "libxsmm: its results are wrong\n");
    exit(1);
  }
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: lstm SECONDS inference|step|encoder...\n");
    return 2;
  }
  double seconds = atof(argv[1]);
  libxsmm_init();
  check();
  printf("[");
  for (int a = 2; a < argc; a++) {
    if (!strcmp(argv[a], "inference")) {
      for (int rows = 1; rows <= 64; rows = rows == 1 ? BATCH : rows * 4) {
        report("inference", "rows", rows, WIDTHS, ENCODERS, rows, 0, seconds);
      }
    } else if (!strcmp(argv[a], "step")) {
      report("encoders", "rows", BATCH, WIDTHS, ENCODERS, BATCH, 1, seconds);
    } else if (!strcmp(argv[a], "encoder")) {
      for (int e = 0; e < ENCODERS; e++) {
        report("encoder", "inputs", WIDTHS[e], &WIDTHS[e], 1, BATCH, 1, seconds);
      }
    } else {
      fprintf(stderr, "lstm: unknown rows %s\n", argv[a]);
      return 2;
    }
  }
  printf("]\n");
  return 0;
}
