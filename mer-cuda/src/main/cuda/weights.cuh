/* Where a thread finds its weights, and what it does with them. */
#pragma once
#include "device.cuh"
#include "shape.cuh"

/* The part that stays in a thread's registers from the first step to the last. */
template <int H>
struct HeldWeights {
  static constexpr int UNROLL = Shape<H>::CHUNKS;
  float4 held[Shape<H>::CHUNKS][4];

  __device__ void read(const float4 *panels, int part) {
#pragma unroll
    for (int j = 0; j < Shape<H>::CHUNKS; j++)
#pragma unroll
      for (int q = 0; q < 4; q++)
        held[j][q] = panels[((part * Shape<H>::CHUNKS + j) * 4 + q) * Shape<H>::THREADS + threadIdx.x];
  }

  __device__ float4 at(int chunk, int q) const { return held[chunk][q]; }
};

/* A part read anew in every step: its first blocks from shared memory, as far as they fit there, the others from L2. */
template <int H>
struct StreamedWeights {
  static constexpr int UNROLL = H == 256 ? 2 : 1; /* with 2 the kernels for H = 128 spill */
  const float4 *panels, *resident;
  int part, residents;

  __device__ float4 at(int chunk, int q) const {
    const int block = (part - 1) * Shape<H>::CHUNKS + chunk;
    return block < residents ? resident[(block * 4 + q) * Shape<H>::THREADS + threadIdx.x]
                             : panels[((block + Shape<H>::CHUNKS) * 4 + q) * Shape<H>::THREADS + threadIdx.x];
  }
};

__device__ inline float dot(float4 a, float4 b, float sum) {
  return fmaf(a.w, b.w, fmaf(a.z, b.z, fmaf(a.y, b.y, fmaf(a.x, b.x, sum))));
}

/*
 * This thread's share of four outputs for one or two rows that lie `apart`: sums[4 row + output]; a thread's chunks are
 * `stride` apart.
 */
template <int H, int ROWS, class Weights>
__device__ inline void multiply(float (&sums)[8], const Weights &weights, const float4 *row, int apart, int stride) {
#pragma unroll(Weights::UNROLL)
  for (int j = 0; j < Shape<H>::CHUNKS; j++) {
    const float4 a = row[j * stride], b = ROWS == 2 ? row[j * stride + apart] : a;
#pragma unroll
    for (int q = 0; q < 4; q++) {
      const float4 w = weights.at(j, q);
      sums[q] = dot(w, a, sums[q]);
      if (ROWS == 2) sums[4 + q] = dot(w, b, sums[4 + q]);
    }
  }
}

/* Adds up eight sums over each eight lanes; lane l keeps number l mod 8. */
__device__ inline float deal_out(const float (&sums)[8], int lane) {
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
