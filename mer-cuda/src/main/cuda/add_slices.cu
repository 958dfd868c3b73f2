/* Adds the slices of a gradient in ascending order. */
#include "device.cuh"

extern "C" __global__ void __launch_bounds__(256) mer_add_slices(
    const float *partials, float *out, int n, int slices, long long slice_stride) {
  const int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= n) return;
  float sum = 0.f;
  for (int slice = 0; slice < slices; slice++) sum += partials[slice * slice_stride + i];
  out[i] = sum;
}
