/* The weights of a thread and the products with them. */
#pragma once
#include "device.cuh"
#include "shape.cuh"

/* A part of the matrix that is in registers during all steps. */
template <int H>
struct RegisterWeights {
  static constexpr int UNROLL = Shape<H>::CHUNKS;
  float4 values[Shape<H>::CHUNKS][4];

  __device__ void load(const float4 *panels, int part) {
#pragma unroll
    for (int j = 0; j < Shape<H>::CHUNKS; j++)
#pragma unroll
      for (int q = 0; q < 4; q++)
        values[j][q] = panels[((part * Shape<H>::CHUNKS + j) * 4 + q) * Shape<H>::THREADS + threadIdx.x];
  }

  __device__ float4 at(int chunk, int q) const { return values[chunk][q]; }
};

/* A part that is read in every step: the first blocks of all such parts from shared memory, the others from L2. */
template <int H>
struct StreamedWeights {
  static constexpr int UNROLL = H == 256 ? 2 : 1; /* with 2, the kernels for H = 128 spill registers */
  const float4 *panels, *resident;
  int part, resident_blocks;

  __device__ float4 at(int chunk, int q) const {
    const int block = (part - 1) * Shape<H>::CHUNKS + chunk;
    return block < resident_blocks ? resident[(block * 4 + q) * Shape<H>::THREADS + threadIdx.x]
                             : panels[((block + Shape<H>::CHUNKS) * 4 + q) * Shape<H>::THREADS + threadIdx.x];
  }
};

__device__ inline float dot(float4 a, float4 b, float sum) {
  return fmaf(a.w, b.w, fmaf(a.z, b.z, fmaf(a.y, b.y, fmaf(a.x, b.x, sum))));
}

/*
 * Adds this thread's part of four outputs of one or two rows to sums[4 row + output]. The rows are row_stride apart, the
 * thread's chunks chunk_stride.
 */
template <int H, int ROWS, class Weights>
__device__ inline void multiply(
    float (&sums)[8], const Weights &weights, const float4 *row, int row_stride, int chunk_stride) {
#pragma unroll(Weights::UNROLL)
  for (int j = 0; j < Shape<H>::CHUNKS; j++) {
    const float4 a = row[j * chunk_stride], b = ROWS == 2 ? row[j * chunk_stride + row_stride] : a;
#pragma unroll
    for (int q = 0; q < 4; q++) {
      const float4 w = weights.at(j, q);
      sums[q] = dot(w, a, sums[q]);
      if (ROWS == 2) sums[4 + q] = dot(w, b, sums[4 + q]);
    }
  }
}

/* Adds each of eight sums over groups of eight lanes; lane l returns sum l mod 8. */
__device__ inline float reduce_scatter(const float (&sums)[8], int lane) {
  float four[4], two[2];
  const bool high4 = lane & 4, high2 = lane & 2, high1 = lane & 1;
#pragma unroll
  for (int q = 0; q < 4; q++)
    four[q] = (high4 ? sums[4 + q] : sums[q]) + shuffle_xor(high4 ? sums[q] : sums[4 + q], 4);
#pragma unroll
  for (int q = 0; q < 2; q++)
    two[q] = (high2 ? four[2 + q] : four[q]) + shuffle_xor(high2 ? four[q] : four[2 + q], 2);
  return (high1 ? two[1] : two[0]) + shuffle_xor(high1 ? two[0] : two[1], 1);
}
