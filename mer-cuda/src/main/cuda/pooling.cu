/* Attention pooling after the forward recurrence, and its gradients before the backward recurrence. */
#include "pooling.cuh"

/* The pooled half of the states. Block (x, y) processes row x of modality y. */
extern "C" __global__ void __launch_bounds__(POOL_THREADS, 2) mer_pool(
    __grid_constant__ const Poolings all, int hidden, int h) {
  const Pooling &pooling = all.of[blockIdx.y];
  const int index = blockIdx.x, thread = threadIdx.x, warp = thread / 32, lane = thread % 32;
  if (index >= pooling.count) return;
  const PooledRow row(pooling, pooling.rows[index], hidden, h);
  float *weights = pooling.weights + row.offset;
  for (int t = warp; t < row.length; t += POOL_THREADS / 32) {
    const float score = row.dot(pooling.vector, t);
    if (lane == 0) weights[t] = score;
  }
  __syncthreads();
  float highest = -INFINITY, sum = 0.f;
  for (int t = lane; t < row.length; t += 32) highest = fmaxf(highest, weights[t]);
  highest = warp_max(highest);
  for (int t = lane; t < row.length; t += 32) sum += expf(weights[t] - highest);
  sum = warp_sum(sum);
  __syncthreads(); /* after all warps have read the scores */
  for (int t = thread; t < row.length; t += POOL_THREADS) weights[t] = expf(weights[t] - highest) / sum;
  __syncthreads();
  float *pooled = row.state(pooling.states) + 2 * hidden;
  for (int j = thread; j < 2 * hidden; j += POOL_THREADS) pooled[j] = row.weighted_sum(weights, j);
}

/*
 * The gradients of the outputs after each step, a_t dp + s_t v with the score's gradient s_t = a_t (dp . h_t - dp . p), and the
 * part of each row of the gradient of v, the sum over t of s_t h_t. Block (x, y) processes row x of modality y.
 */
extern "C" __global__ void __launch_bounds__(POOL_THREADS, 2) mer_pool_gradients(
    __grid_constant__ const Poolings all, int hidden, int h) {
  const Pooling &pooling = all.of[blockIdx.y];
  const int index = blockIdx.x, thread = threadIdx.x, warp = thread / 32, lane = thread % 32;
  if (index >= pooling.count) return;
  const PooledRow row(pooling, pooling.rows[index], hidden, h);
  const float *d_state = row.state(pooling.d_states), *d_pooled = d_state + 2 * hidden;
  float *weights = pooling.weights + row.offset;
  const float mean = warp_dot(d_pooled, row.state(pooling.states) + 2 * hidden, 2 * hidden);
  for (int t = warp; t < row.length; t += POOL_THREADS / 32) {
    const float weight = weights[t], d_score = weight * (row.dot(d_pooled, t) - mean);
#pragma unroll
    for (int direction = 0; direction < 2; direction++) {
      float *out = pooling.d_outputs[direction] + static_cast<size_t>(row.offset + t) * h;
      const bool is_final = row.outputs(direction).is_final(t);
      for (int unit = lane; unit < h; unit += 32) {
        const int j = direction * hidden + unit;
        float sum = 0.f;
        if (unit < hidden) {
          sum = fmaf(weight, d_pooled[j], d_score * pooling.vector[j]);
          if (is_final) sum += d_state[j];
        }
        out[unit] = sum;
      }
    }
    __syncwarp(); /* after all lanes have read the weight */
    if (lane == 0) weights[t] = d_score;
  }
  __syncthreads();
  float *d_vector = pooling.d_vectors + static_cast<size_t>(index) * 2 * hidden;
  for (int j = thread; j < 2 * hidden; j += POOL_THREADS) d_vector[j] = row.weighted_sum(weights, j);
}

/* The gradient of v, the sum over the rows in their order; zero without rows. Block y processes modality y. */
extern "C" __global__ void __launch_bounds__(POOL_THREADS, 2) mer_pool_vector_gradients(
    __grid_constant__ const Poolings all, int hidden) {
  const Pooling &pooling = all.of[blockIdx.y];
  for (int j = threadIdx.x; j < 2 * hidden; j += POOL_THREADS) {
    float sum = 0.f;
    for (int r = 0; r < pooling.count; r++) sum += pooling.d_vectors[static_cast<size_t>(r) * 2 * hidden + j];
    pooling.d_vector[j] = sum;
  }
}
