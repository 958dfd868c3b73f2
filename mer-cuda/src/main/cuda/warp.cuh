/* Sums, in a fixed order, and maxima over the lanes of a warp. */
#pragma once
#include "device.cuh"

template <class T>
__device__ inline T warp_sum(T x) {
  for (int mask = 16; mask > 0; mask /= 2) x += shuffle_xor(x, mask);
  return x;
}

__device__ inline float warp_max(float x) {
  for (int mask = 16; mask > 0; mask /= 2) x = fmaxf(x, shuffle_xor(x, mask));
  return x;
}

/* Returns the inner product of two arrays to all lanes of the warp. */
__device__ inline float warp_dot(const float *a, const float *b, int n) {
  float sum = 0.f;
  for (int i = threadIdx.x % 32; i < n; i += 32) sum = fmaf(a[i], b[i], sum);
  return warp_sum(sum);
}
