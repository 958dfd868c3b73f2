/* The fusion head's gradients with respect to the states and its parameters. */
#include "head.cuh"
#include "warp.cuh"

/* d_joined = d_hidden W: a thread computes four rows (y) of one column (x). */
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

struct WeightGradients {
  float of[MAX_MODALITIES];
};

/* The gradients of the states, and of the attention's keys before tanh and scores. CTA b processes row b. */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_state_gradients(__grid_constant__ const Head head) {
  SHARED(WeightGradients, d_weights);
  const int b = blockIdx.x, count = head.modalities, width = head.attention, warp = threadIdx.x / 32;
  const float *weights = head.weights + b * count;
  const float *d_joined = head.d_joined + static_cast<size_t>(b) * head.joined_width();
  if (width > 0 && warp < count) {
    const float dot = warp_dot(
        d_joined + warp * head.state, head.states[warp] + static_cast<size_t>(b) * head.state, head.state);
    if (threadIdx.x % 32 == 0) d_weights.of[warp] = head.attention_factor() * dot;
  }
  __syncthreads();
  float mean = 0.f;
  if (width > 0)
    for (int m = 0; m < count; m++) mean += weights[m] * d_weights.of[m];
  for (int m = 0; m < count && width > 0; m++) {
    const float d_score = weights[m] * (d_weights.of[m] - mean);
    const float *keys = head.keys + (static_cast<size_t>(b) * count + m) * width;
    float *d_keys = head.d_keys + (static_cast<size_t>(b) * count + m) * width;
    if (threadIdx.x == 0) head.d_scores[b * count + m] = d_score;
    for (int a = threadIdx.x; a < width; a += HEAD_THREADS)
      d_keys[a] = d_score * head.score_weight[a] * (1.f - keys[a] * keys[a]);
  }
  __syncthreads();
  for (int m = 0; m < count; m++) {
    const float *d_keys = head.d_keys + (static_cast<size_t>(b) * count + m) * width;
    float *out = head.d_states[m] + static_cast<size_t>(b) * head.state;
    for (int i = threadIdx.x; i < head.state; i += HEAD_THREADS) {
      float sum = head.attention_factor() * weights[m] * d_joined[m * head.state + i];
      for (int a = 0; a < width; a++)
        sum = fmaf(d_keys[a], head.key_weight[m][static_cast<size_t>(a) * head.state + i], sum);
      out[i] = sum;
    }
  }
}

/* The sum of left[b] right[b] over all rows b, which are a stride apart; a null right means 1. */
__device__ inline float sum_over_rows(const float *left, int left_stride, const float *right, int right_stride, int batch) {
  float sum = 0.f;
  for (int b = 0; b < batch; b++)
    sum = fmaf(left[static_cast<size_t>(b) * left_stride], right ? right[static_cast<size_t>(b) * right_stride] : 1.f, sum);
  return sum;
}

/* This thread's part of the gradients of a linear layer, weights [outputs, width] and biases [outputs]. */
__device__ inline void layer_gradients(
    const float *d_outputs, int outputs, int output_stride, const float *inputs, int width, int input_stride,
    float *d_weight, float *d_bias, int batch) {
  const int step = gridDim.x * HEAD_THREADS;
  for (int i = blockIdx.x * HEAD_THREADS + threadIdx.x; i < outputs * width; i += step)
    d_weight[i] = sum_over_rows(d_outputs + i / width, output_stride, inputs + i % width, input_stride, batch);
  for (int i = blockIdx.x * HEAD_THREADS + threadIdx.x; i < outputs; i += step)
    d_bias[i] = sum_over_rows(d_outputs + i, output_stride, nullptr, 0, batch);
}

/* The gradients of the parameters of all layers. The number of CTAs is arbitrary. */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_gradients(__grid_constant__ const Head head) {
  const int n = head.joined_width();
  layer_gradients(
      head.d_hidden, head.width, head.width, head.joined, n, n, head.d_hidden_weight, head.d_hidden_bias, head.batch);
  layer_gradients(
      head.d_logits, head.classes, head.classes, head.hidden, head.width, head.width, head.d_output_weight,
      head.d_output_bias, head.batch);
  const int stride = head.modalities * head.attention;
  for (int m = 0; m < head.modalities && head.attention > 0; m++)
    layer_gradients(
        head.d_keys + m * head.attention, head.attention, stride, head.states[m], head.state, head.state,
        head.d_key_weight[m], head.d_key_bias[m], head.batch);
  for (int a = blockIdx.x * HEAD_THREADS + threadIdx.x; a < head.attention; a += gridDim.x * HEAD_THREADS)
    head.d_score_weight[a] = sum_over_rows(head.d_scores, 1, head.keys + a, head.attention, head.batch * head.modalities);
}
