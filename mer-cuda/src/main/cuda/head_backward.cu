/* The fusion head's gradients with respect to the states and its parameters. */
#include "head.cuh"
#include "warp.cuh"

/* d_joined = d_hidden W: a thread for each of 256 columns (x), four rows (y). */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_join_gradients(__grid_constant__ const Head head) {
  const int column = blockIdx.x * HEAD_THREADS + threadIdx.x, n = head.joined_width(), b = blockIdx.y * 4;
  if (column >= n) return;
  float sums[4] = {};
#pragma unroll 4
  for (int unit = 0; unit < head.width; unit++) {
    const float weight = head.hidden_weight[static_cast<size_t>(unit) * n + column];
#pragma unroll
    for (int i = 0; i < 4; i++)
      if (b + i < head.batch) sums[i] = fmaf(head.d_hidden[(b + i) * head.width + unit], weight, sums[i]);
  }
#pragma unroll
  for (int i = 0; i < 4; i++)
    if (b + i < head.batch) head.d_joined[static_cast<size_t>(b + i) * n + column] = sums[i];
}

struct RowOfModalities {
  float weights[HEAD_MODALITIES];
};

/* The states' gradients, and those of attention's keys before tanh and of its scores. CTA b has row b. */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_state_gradients(__grid_constant__ const Head head) {
  SHARED(RowOfModalities, slopes);
  const int b = blockIdx.x, count = head.modalities, width = head.attention, warp = threadIdx.x / 32;
  const float *weights = head.weights + b * count;
  const float *d_joined = head.d_joined + static_cast<size_t>(b) * head.joined_width();
  if (width > 0 && warp < count) {
    const float slope = warp_dot(
        d_joined + warp * head.state, head.states[warp] + static_cast<size_t>(b) * head.state, head.state);
    if (threadIdx.x % 32 == 0) slopes.weights[warp] = head.factor() * slope;
  }
  __syncthreads();
  float mean = 0.f;
  if (width > 0)
    for (int m = 0; m < count; m++) mean += weights[m] * slopes.weights[m];
  for (int m = 0; m < count && width > 0; m++) {
    const float score = weights[m] * (slopes.weights[m] - mean);
    const float *keys = head.keys + (static_cast<size_t>(b) * count + m) * width;
    float *d_keys = head.d_keys + (static_cast<size_t>(b) * count + m) * width;
    if (threadIdx.x == 0) head.d_scores[b * count + m] = score;
    for (int a = threadIdx.x; a < width; a += HEAD_THREADS) d_keys[a] = score * head.score[a] * (1.f - keys[a] * keys[a]);
  }
  __syncthreads();
  for (int m = 0; m < count; m++) {
    const float *d_keys = head.d_keys + (static_cast<size_t>(b) * count + m) * width;
    float *out = head.d_states[m] + static_cast<size_t>(b) * head.state;
    for (int i = threadIdx.x; i < head.state; i += HEAD_THREADS) {
      float sum = head.factor() * weights[m] * d_joined[m * head.state + i];
      for (int a = 0; a < width; a++) sum = fmaf(d_keys[a], head.key_weight[m][static_cast<size_t>(a) * head.state + i], sum);
      out[i] = sum;
    }
  }
}

/* sum over rows of left[b] right[b], whose rows are so far apart; right null for 1. */
__device__ inline float over_rows(const float *left, int left_stride, const float *right, int right_stride, int batch) {
  float sum = 0.f;
  for (int b = 0; b < batch; b++)
    sum = fmaf(left[static_cast<size_t>(b) * left_stride], right ? right[static_cast<size_t>(b) * right_stride] : 1.f, sum);
  return sum;
}

/* Adds up a layer's gradients, weights [outputs, inputs], for this thread's place among all threads of the grid. */
__device__ inline void layer(
    const float *d_outputs, int outputs, int output_stride, const float *inputs, int width, int input_stride, float *d_weight,
    float *d_bias, int batch) {
  const int step = gridDim.x * HEAD_THREADS;
  for (int i = blockIdx.x * HEAD_THREADS + threadIdx.x; i < outputs * width; i += step)
    d_weight[i] = over_rows(d_outputs + i / width, output_stride, inputs + i % width, input_stride, batch);
  for (int i = blockIdx.x * HEAD_THREADS + threadIdx.x; i < outputs; i += step)
    d_bias[i] = over_rows(d_outputs + i, output_stride, nullptr, 0, batch);
}

/* The gradients of all layers' parameters. Any number of CTAs. */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_gradients(__grid_constant__ const Head head) {
  const int n = head.joined_width();
  layer(head.d_hidden, head.width, head.width, head.joined, n, n, head.d_hidden_weight, head.d_hidden_bias, head.batch);
  layer(
      head.d_logits, head.classes, head.classes, head.hidden, head.width, head.width, head.d_output_weight,
      head.d_output_bias, head.batch);
  const int stride = head.modalities * head.attention;
  for (int m = 0; m < head.modalities && head.attention > 0; m++)
    layer(
        head.d_keys + m * head.attention, head.attention, stride, head.states[m], head.state, head.state, head.d_key_weight[m],
        head.d_key_bias[m], head.batch);
  for (int a = blockIdx.x * HEAD_THREADS + threadIdx.x; a < head.attention; a += gridDim.x * HEAD_THREADS)
    head.d_score[a] = over_rows(head.d_scores, 1, head.keys + a, head.attention, head.batch * head.modalities);
}
