/*
 * The weight gradients over all steps: out [4 hidden, columns] = gates [S, 4H]^T right [S, columns]; and the bias gradients,
 * which are sums over the steps. The steps are divided into slices, each with its own output.
 */
#include "layout.cuh"
#include "tile.cuh"

template <class Multiply>
__device__ void weight_gradients(const Products &all, int hidden, int h, int slices, long long slice_stride) {
  const Product p = all.of[blockIdx.z / slices];
  const int slice = blockIdx.z % slices;
  const int top = blockIdx.y * TILE, side = blockIdx.x * TILE;
  if (side >= p.columns) return;
  const int share = (p.rows + slices - 1) / slices, begin = min(slice * share, p.rows);
  const int end = min(begin + share, p.rows);
  const float *gates = p.gates + static_cast<size_t>(begin) * 4 * h + top;
  const float *right = p.right + static_cast<size_t>(begin) * p.stride + side;
  const bool biased = p.bias1 != nullptr && side == 0;
  float bias = 0.f;
  multiply_tile<Multiply, false, false>(
      end - begin,
      [&](int m, int k) { return begin + k < end ? gates + (k * 4 * h + m) : nullptr; },
      [&](int n, int k) {
        return begin + k < end && side + n < p.columns ? right + (k * p.stride + n)
                                                       : nullptr;
      },
      [&](const auto &slab) {
        if (biased && threadIdx.x < TILE)
          for (int k = 0; k < DEPTH; k++) bias += slab[k][threadIdx.x];
      },
      [&](int m, int n, float4 sums) {
        const int unit = (top + m) / 4;
        if (unit >= hidden) return;
        float *row = p.out + slice * slice_stride + static_cast<size_t>(m % 4 * hidden + unit) * p.columns;
        const float values[4] = {sums.x, sums.y, sums.z, sums.w};
#pragma unroll
        for (int i = 0; i < 4; i++)
          if (side + n + i < p.columns) row[side + n + i] = values[i];
      });
  const int unit = (top + static_cast<int>(threadIdx.x)) / 4;
  if (biased && threadIdx.x < TILE && unit < hidden) {
    const int row = threadIdx.x % 4 * hidden + unit;
    p.bias1[slice * slice_stride + row] = bias;
    p.bias2[slice * slice_stride + row] = bias;
  }
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_weight_gradients(
    __grid_constant__ const Products all, int hidden, int h, int slices, long long slice_stride) {
  weight_gradients<Fp32Multiply>(all, hidden, h, slices, slice_stride);
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_weight_gradients_tf32(
    __grid_constant__ const Products all, int hidden, int h, int slices, long long slice_stride) {
  weight_gradients<Tf32Multiply<false>>(all, hidden, h, slices, slice_stride);
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_weight_gradients_3xtf32(
    __grid_constant__ const Products all, int hidden, int h, int slices, long long slice_stride) {
  weight_gradients<Tf32Multiply<true>>(all, hidden, h, slices, slice_stride);
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) mer_weight_gradients_bf16(
    __grid_constant__ const Products all, int hidden, int h, int slices, long long slice_stride) {
  weight_gradients<Bf16Multiply>(all, hidden, h, slices, slice_stride);
}
