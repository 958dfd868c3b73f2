/* The fusion head from the states to the hidden layer. */
#include "head.cuh"
#include "warp.cuh"

/* Attention only: the keys tanh(W h + b) and the scores u . key. One CTA for each modality (x) and row (y). */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_keys(__grid_constant__ const Head head) {
  const int m = blockIdx.x, b = blockIdx.y, warp = threadIdx.x / 32, width = head.attention;
  const float *state = head.states[m] + static_cast<size_t>(b) * head.state;
  float *keys = head.keys + (static_cast<size_t>(b) * head.modalities + m) * width;
  for (int a = warp; a < width; a += HEAD_THREADS / 32) {
    const float sum = warp_dot(head.key_weight[m] + static_cast<size_t>(a) * head.state, state, head.state);
    if (threadIdx.x % 32 == 0) keys[a] = tanhf(sum + head.key_bias[m][a]);
  }
  __syncthreads();
  if (warp == 0) {
    const float score = warp_dot(head.score_weight, keys, width);
    if (threadIdx.x == 0) head.scores[b * head.modalities + m] = score;
  }
}

/*
 * The attention weights of a row, a softmax over the present modalities, and the concatenation of its scaled states. CTA b
 * processes row b.
 */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_join(__grid_constant__ const Head head) {
  const int b = blockIdx.x, count = head.modalities;
  const float *presence = head.presence + b * count, *scores = head.scores + b * count;
  float weights[MAX_MODALITIES], sum = 0.f, largest = -INFINITY;
#pragma unroll
  for (int m = 0; m < MAX_MODALITIES; m++)
    if (m < count && presence[m] > 0.f && head.attention > 0) largest = fmaxf(largest, scores[m]);
#pragma unroll
  for (int m = 0; m < MAX_MODALITIES; m++) {
    weights[m] = m < count && presence[m] > 0.f ? (head.attention > 0 ? expf(scores[m] - largest) : 1.f) : 0.f;
    sum += weights[m];
  }
#pragma unroll
  for (int m = 0; m < MAX_MODALITIES; m++) {
    if (m >= count) break;
    if (head.attention > 0 && sum > 0.f) weights[m] /= sum;
    if (threadIdx.x == 0) head.weights[b * count + m] = weights[m];
    const float *state = head.states[m] + static_cast<size_t>(b) * head.state;
    float *joined = head.joined + static_cast<size_t>(b) * head.joined_width() + m * head.state;
    for (int i = threadIdx.x; i < head.state; i += HEAD_THREADS) joined[i] = head.attention_factor() * weights[m] * state[i];
  }
}

/* relu(W joined + b) with dropout: a warp processes sixteen rows (y) for one unit (x). */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_hidden(__grid_constant__ const Head head) {
  const int unit = blockIdx.x * (HEAD_THREADS / 32) + threadIdx.x / 32, n = head.joined_width();
  if (unit >= head.width) return;
  for (int b = blockIdx.y * 16; b < min(blockIdx.y * 16 + 16, head.batch); b++) {
    const float sum =
        warp_dot(head.hidden_weight + static_cast<size_t>(unit) * n, head.joined + static_cast<size_t>(b) * n, n);
    const int at = b * head.width + unit;
    const float factor = head.dropout != nullptr ? head.dropout[at] : 1.f;
    if (threadIdx.x % 32 == 0) head.hidden[at] = fmaxf(sum + head.hidden_bias[unit], 0.f) * factor;
  }
}
