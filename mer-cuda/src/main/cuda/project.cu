/* The projection of the inputs to the gates, for all steps at once: gates [S, H, 4] = x [S, D] W^T + both biases. */
#include "layout.cuh"
#include "tile.cuh"

/* Gate n of a step, in the order of [H, 4], is row (n mod 4) hidden + n / 4 of the weights. */
template <class Multiply>
__device__ void project(const Projections &all, int hidden, int h) {
  const Projection p = all.of[blockIdx.z];
  const int top = blockIdx.y * TILE, side = blockIdx.x * TILE;
  if (top >= p.rows) return;
  const float *x = p.x + static_cast<size_t>(top) * p.inputs;
  multiply_tile<Multiply, true, true>(
      p.inputs,
      [&](int m, int k) { return top + m < p.rows && k < p.inputs ? x + (m * p.inputs + k) : nullptr; },
      [&](int n, int k) {
        const int unit = (side + n) / 4, row = n % 4 * hidden + unit;
        return unit < hidden && k < p.inputs ? p.weights + (row * p.inputs + k) : nullptr;
      },
      [](const auto &) {},
      [&](int m, int n, float4 sums) {
        if (top + m >= p.rows) return;
        const int unit = (side + n) / 4;
        if (unit < hidden) {
          sums.x += p.bias1[unit] + p.bias2[unit];
          sums.y += p.bias1[hidden + unit] + p.bias2[hidden + unit];
          sums.z += p.bias1[2 * hidden + unit] + p.bias2[2 * hidden + unit];
          sums.w += p.bias1[3 * hidden + unit] + p.bias2[3 * hidden + unit];
        }
        reinterpret_cast<float4 *>(p.gates)[static_cast<size_t>(top + m) * h + unit] = sums;
      });
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_project(
    __grid_constant__ const Projections all, int hidden, int h) {
  project<Fp32Multiply>(all, hidden, h);
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_project_tf32(
    __grid_constant__ const Projections all, int hidden, int h) {
  project<Tf32Multiply<false>>(all, hidden, h);
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_project_3xtf32(
    __grid_constant__ const Projections all, int hidden, int h) {
  project<Tf32Multiply<true>>(all, hidden, h);
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_project_bf16(
    __grid_constant__ const Projections all, int hidden, int h) {
  project<Bf16Multiply>(all, hidden, h);
}
