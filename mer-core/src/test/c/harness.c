/*
 * Loads a library of kernels, runs them on random batches, and writes inputs and results to the standard output, for
 * check_kernels.py. Usage: harness LIBRARY SET, such as harness libmer4j-lstm.so avx2; SET best is the best one.
 *
 * On Windows it needs no C library, only kernel32.
 */
#include <stddef.h>

#if defined(_WIN32)
#define IMPORTED __declspec(dllimport)
IMPORTED void *LoadLibraryA(const char *name);
IMPORTED void *GetProcAddress(void *library, const char *name);
IMPORTED void *GetStdHandle(unsigned number);
IMPORTED int WriteFile(void *file, const void *data, unsigned count, unsigned *written, void *overlapped);
IMPORTED char *GetCommandLineA(void);
IMPORTED void ExitProcess(unsigned code);
static void *open_library(const char *name) { return LoadLibraryA(name); }
static void *find(void *library, const char *name) { return GetProcAddress(library, name); }
static void finish(int code) { ExitProcess(code); }
static void put(const void *data, size_t count) {
  unsigned written;
  if (!WriteFile(GetStdHandle(-11), data, count, &written, NULL) || written != count) finish(3);
}
#else
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
static void *open_library(const char *name) { return dlopen(name, RTLD_NOW); }
static void *find(void *library, const char *name) { return dlsym(library, name); }
static void finish(int code) { exit(code); }
static void put(const void *data, size_t count) {
  if (fwrite(data, 1, count, stdout) != count) finish(3);
}
#endif

#define MOST_STEPS 64
#define MOST_ROWS 32

typedef void pack_function(int, int, int, const float *, const float *, float *, float *, float *);
typedef void contribute_function(
    int, int, int, int, int, int, const float *, const float *, const float *, float *, float *);
typedef void forward_function(
    int, int, int, const int *, const int *, int, int, int, int, const float *, const float *, const float *, const char *,
    const float *, const float *, float *, float *, float *, float *, float *);
typedef void backward_function(
    int, int, int, const int *, const int *, int, int, float *, const float *, const float *, float *, const float *,
    const float *, const float *, float *);
typedef void gradient_function(int, int, int, int, const float *, const float *, float *, float *, float *);

static pack_function *pack;
static contribute_function *contribute;
static forward_function *forward;
static backward_function *backward;
static gradient_function *gradient;

static void *library;
static const char *set;

static void *kernel(const char *name) {
  char full[64];
  int at = 0;
  for (const char *part = "mer_lstm_"; *part; part++) full[at++] = *part;
  for (const char *part = name; *part; part++) full[at++] = *part;
  full[at++] = '_';
  for (const char *part = set; *part; part++) full[at++] = *part;
  full[at] = 0;
  void *found = find(library, full);
  if (!found) finish(2);
  return found;
}

static const char *best_set(void) {
#if defined(__x86_64__)
  static const char *const sets[] = {"any", "avx2", "avx512", "avx512"};
  int (*level)(void) = (int (*)(void))find(library, "mer_lstm_level");
  if (!level) finish(2);
  return sets[level()];
#else
  return "neon";
#endif
}

static float memory[1 << 22];
static size_t used;

static float *floats(size_t count) {
  float *start = memory + used;
  used += (count + 15) / 16 * 16;
  if (used > sizeof(memory) / sizeof(float)) finish(4);
  return start;
}

static unsigned long long state = 1;

static float *random_floats(size_t count, float scale) {
  float *values = floats(count);
  for (size_t i = 0; i < count; i++) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    values[i] = scale * ((float)(state >> 40) / (1 << 23) - 1);
  }
  put(values, count * sizeof(float));
  return values;
}

/* Both directions of a batch with rows of these lengths, longest first. */
static void run(int width, int hidden, int batch, const int *lengths) {
  int steps = lengths[0], total = 0, n[MOST_STEPS] = {0}, start[MOST_STEPS];
  for (int t = 0; t < steps; t++) {
    start[t] = total;
    while (n[t] < batch && lengths[n[t]] > t) n[t]++;
    total += n[t];
  }
  used = 0;
  int header[4] = {width, hidden, batch, steps};
  put(header, sizeof(header));
  put(lengths, batch * sizeof(int));
  float *x = random_floats((size_t)total * width, 1);
  float *inputs = floats((size_t)4 * hidden * (width + 1)), *ahead = floats((size_t)4 * hidden * hidden);
  float *back = floats((size_t)4 * hidden * hidden), *scratch = floats((size_t)2048 * hidden);
  float *gates = floats((size_t)4 * hidden * total);
  float *again = floats((size_t)4 * hidden * (total > hidden ? total : hidden));
  float *before = floats((size_t)hidden * total), *cells = floats((size_t)hidden * total);
  float *last = floats((size_t)batch * hidden), *trained = floats((size_t)batch * hidden);
  float *sums = floats((size_t)4 * hidden * width), *found = floats((size_t)4 * hidden * width);
  float *erased_x = floats((size_t)width * total), *erased_last = floats((size_t)batch * hidden);
  char *erased = (char *)floats(((size_t)total + 3) / 4);
  size_t kept = used;
  for (int reverse = 0; reverse < 2; reverse++, used = kept) {
    float *weights = random_floats((size_t)4 * hidden * width, 0.2f);
    float *recurrent = random_floats((size_t)4 * hidden * hidden, 0.2f);
    float *bias = random_floats((size_t)4 * hidden, 0.2f);
    float *change = random_floats((size_t)batch * hidden, 1);
    pack(width, hidden, 0, weights, recurrent, inputs, ahead, back);
    forward(
        0, batch, steps, n, start, width, hidden, reverse, 0, x, inputs, NULL, NULL, ahead, bias, scratch, NULL, NULL, NULL,
        last);
    put(last, (size_t)batch * hidden * sizeof(float));
    /* In two groups of rows, from separate contributions of the inputs: the same bits. */
    for (int first = 0, count; first < total; first += count) {
      count = total - first < 100 ? total - first : 100;
      contribute(first, count, total, width, hidden, 0, x, inputs, bias, scratch, again);
    }
    /* With erased rows, the contributions give the same bits as zeros, and are not changed. */
    for (int i = 0; i < total; i++) {
      erased[i] = i % 3 == 0;
      for (int d = 0; d < width; d++) erased_x[(size_t)i * width + d] = erased[i] ? 0 : x[(size_t)i * width + d];
    }
    forward(
        0, batch, steps, n, start, width, hidden, reverse, 0, NULL, NULL, again, erased, ahead, bias, scratch, NULL, NULL,
        NULL, trained);
    forward(
        0, batch, steps, n, start, width, hidden, reverse, 0, erased_x, inputs, NULL, NULL, ahead, bias, scratch, NULL,
        NULL, NULL, erased_last);
    for (int i = 0; i < batch * hidden; i++)
      if (erased_last[i] != trained[i]) finish(7);
    int half = batch / 2;
    for (int group = 0; group < 2; group++) {
      int from = group ? half : 0, end = group ? batch : half;
      if (from == end) continue;
      forward(
          from, end, steps, n, start, width, hidden, reverse, 0, x, inputs, NULL, NULL, ahead, bias, scratch, gates, before,
          cells, trained);
      forward(
          from, end, steps, n, start, width, hidden, reverse, 0, x, NULL, NULL, NULL, ahead, bias, scratch, again, before,
          cells, trained);
    }
    for (int i = 0; i < batch * hidden; i++)
      if (last[i] != trained[i]) finish(5);
    for (int i = 0; i < 4 * hidden * total; i++)
      if (gates[i] != again[i]) finish(6);
    backward(0, batch, steps, n, start, hidden, reverse, gates, back, cells, change, NULL, NULL, NULL, scratch);
    gradient(total, width, width, hidden, x, gates, sums, found, NULL);
    put(found, (size_t)4 * hidden * width * sizeof(float));
    gradient(total, hidden, hidden, hidden, before, gates, scratch, again, found);
    put(again, (size_t)4 * hidden * hidden * sizeof(float));
    put(found, (size_t)4 * hidden * sizeof(float));
  }
}

static void run_all(const char *file, const char *name) {
  library = open_library(file);
  if (!library) finish(1);
  set = name[0] == 'b' ? best_set() : name;
  char label[8] = {0};
  for (int i = 0; set[i]; i++) label[i] = set[i];
  put(label, sizeof(label));
  pack = (pack_function *)kernel("pack");
  contribute = (contribute_function *)kernel("contribute");
  forward = (forward_function *)kernel("forward");
  backward = (backward_function *)kernel("backward");
  gradient = (gradient_function *)kernel("gradient");
  static const int ragged[23] = {40, 40, 39, 31, 30, 22, 17, 17, 16, 12, 11, 9, 8, 7, 5, 5, 4, 3, 2, 2, 1, 1, 1};
  run(1, 64, 1, (const int[]){1});
  run(7, 64, 1, (const int[]){40});
  run(74, 128, 23, ragged);
  run(300, 64, 16, (const int[]){6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6});
  run(713, 64, 5, (const int[]){9, 8, 7, 2, 1});
}

#if defined(_WIN32)
void start(void) {
  static char *words[3];
  int count = 0;
  for (char *at = GetCommandLineA(); count < 3; count++) {
    while (*at == ' ') *at++ = 0;
    if (!*at) finish(1);
    words[count] = at;
    while (*at && *at != ' ') at++;
  }
  run_all(words[1], words[2]);
  finish(0);
}
#else
int main(int count, char **words) {
  if (count != 3) finish(1);
  run_all(words[1], words[2]);
  return 0;
}
#endif
