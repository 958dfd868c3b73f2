/*
 * A tile of a matrix product, out [M, N] = left [M, K] right [K, N], with fp32 accumulation. 256 threads compute 128 x 128
 * outputs, 16 of K at a time, with two buffers. Each output is one sum in ascending order of k.
 */
#pragma once
#include "device.cuh"

constexpr int TILE = 128, DEPTH = 16, TILE_THREADS = 256;

/* Eight by eight outputs per thread, two by two squares of four, so that the reads of a warp have no bank conflicts. */
class Fp32Multiply {
  float sums[8][8] = {};
  const int row = threadIdx.x / 16 * 4, column = threadIdx.x % 16 * 4;

  static __device__ int index(int start, int i) { return start + i % 4 + i / 4 * (TILE / 2); }

 public:
  static constexpr int STRIDE = TILE + 4;

  __device__ void step(const float (&left)[DEPTH][STRIDE], const float (&right)[DEPTH][STRIDE]) {
#pragma unroll
    for (int k = 0; k < DEPTH; k++) {
      float a[8], b[8];
#pragma unroll
      for (int i = 0; i < 8; i++) {
        a[i] = left[k][index(row, i)];
        b[i] = right[k][index(column, i)];
      }
#pragma unroll
      for (int i = 0; i < 8; i++)
#pragma unroll
        for (int j = 0; j < 8; j++) sums[i][j] = fmaf(a[i], b[j], sums[i][j]);
    }
  }

  /* Calls store(m, n, outputs) for each four consecutive columns from n on. */
  template <class Store>
  __device__ void store_results(const Store &store) const {
#pragma unroll
    for (int i = 0; i < 8; i++)
#pragma unroll
      for (int j = 0; j < 8; j += 4)
        store(index(row, i), index(column, j), make_float4(sums[i][j], sums[i][j + 1], sums[i][j + 2], sums[i][j + 3]));
  }
};

/* The part of a tile of one warp on the tensor cores: 64 x 32 outputs in the layout of m16n8's fragments. */
class TensorTile {
 protected:
  float sums[4][4][4] = {};
  const int row = threadIdx.x / 32 % 2 * 64 + threadIdx.x % 32 / 4, column = threadIdx.x / 64 * 32;
  const int quad = threadIdx.x % 4;

 public:
  /* As Fp32Multiply::store_results; two lanes combine their two columns each. */
  template <class Store>
  __device__ void store_results(const Store &store) const {
    const bool odd = quad & 1;
#pragma unroll
    for (int i = 0; i < 4; i++)
#pragma unroll
      for (int j = 0; j < 4; j++) {
        const float *c = sums[i][j];
        const float x = shuffle_xor(odd ? c[0] : c[2], 1), y = shuffle_xor(odd ? c[1] : c[3], 1);
        store(row + 16 * i + (odd ? 8 : 0), column + 8 * j + quad / 2 * 4,
            odd ? make_float4(x, y, c[2], c[3]) : make_float4(c[0], c[1], x, y));
      }
  }
};

/*
 * Inputs are rounded to TF32, with ten bits of mantissa. If CORRECTED, the rounding error of each input is also rounded and
 * multiplied by the other input: three products instead of one, and 21 bits of each input are used.
 */
template <bool CORRECTED>
class Tf32Multiply : public TensorTile {
  static __device__ void split(float x, unsigned &high, unsigned &low) {
    high = tf32(x);
    low = CORRECTED ? tf32(x - tf32_value(high)) : 0u;
  }

 public:
  static constexpr int STRIDE = TILE + 8;

  __device__ void step(const float (&left)[DEPTH][STRIDE], const float (&right)[DEPTH][STRIDE]) {
#pragma unroll
    for (int k = 0; k < DEPTH; k += 8) {
      unsigned b[4][2], low_b[4][2];
#pragma unroll
      for (int j = 0; j < 4; j++)
#pragma unroll
        for (int part = 0; part < 2; part++)
          split(right[k + quad + part * 4][column + 8 * j + threadIdx.x % 32 / 4], b[j][part], low_b[j][part]);
#pragma unroll
      for (int i = 0; i < 4; i++) {
        unsigned a[4], low_a[4];
#pragma unroll
        for (int part = 0; part < 4; part++)
          split(left[k + quad + part / 2 * 4][row + 16 * i + part % 2 * 8], a[part], low_a[part]);
#pragma unroll
        for (int j = 0; j < 4; j++) {
          if (CORRECTED) {
            multiply_tf32(sums[i][j], low_a, b[j]);
            multiply_tf32(sums[i][j], a, low_b[j]);
          }
          multiply_tf32(sums[i][j], a, b[j]);
        }
      }
    }
  }
};

/* Inputs are rounded to bfloat16, with seven bits of mantissa, to nearest even; a register has two of them. */
class Bf16Multiply : public TensorTile {
 public:
  static constexpr int STRIDE = TILE + 4;

 private:
  /* Returns the inputs k and k + 1 of a row or column. */
  static __device__ unsigned pair(const float (&slab)[DEPTH][STRIDE], int k, int at) {
    return bf16_pair(slab[k][at], slab[k + 1][at]);
  }

 public:
  __device__ void step(const float (&left)[DEPTH][STRIDE], const float (&right)[DEPTH][STRIDE]) {
    unsigned b[4][2];
#pragma unroll
    for (int j = 0; j < 4; j++)
#pragma unroll
      for (int part = 0; part < 2; part++)
        b[j][part] = pair(right, 2 * quad + 8 * part, column + 8 * j + threadIdx.x % 32 / 4);
#pragma unroll
    for (int i = 0; i < 4; i++) {
      unsigned a[4];
#pragma unroll
      for (int part = 0; part < 4; part++)
        a[part] = pair(left, 2 * quad + part / 2 * 8, row + 16 * i + part % 2 * 8);
#pragma unroll
      for (int j = 0; j < 4; j++) multiply_bf16(sums[i][j], a, b[j]);
    }
  }
};

/* Two buffers of both factors. */
template <class Multiply>
struct __align__(16) Slabs {
  float left[2][DEPTH][Multiply::STRIDE], right[2][DEPTH][Multiply::STRIDE];
};

/* The element of a slab [128, 16] that a thread copies with its i-th copy: adjacent threads along k, or along m. */
template <bool ALONG_K>
struct Slab {
  static __device__ int k(int i) { return ALONG_K ? threadIdx.x % DEPTH : threadIdx.x / TILE + 2 * i; }
  static __device__ int m(int i) { return ALONG_K ? threadIdx.x / DEPTH + 16 * i : threadIdx.x % TILE; }
};

/*
 * Computes a tile. left(m, k) and right(n, k) return the addresses of elements, null outside the matrix. visit_left(slab) is
 * called for every slab of the left factor, store for the outputs.
 */
template <class Multiply, bool LEFT_ALONG_K, bool RIGHT_ALONG_K, class Left, class Right, class Visit, class Store>
__device__ void multiply_tile(int depth, const Left &left, const Right &right, const Visit &visit_left, const Store &store) {
  using LeftSlab = Slab<LEFT_ALONG_K>;
  using RightSlab = Slab<RIGHT_ALONG_K>;
  SHARED(Slabs<Multiply>, slabs);
  Multiply multiply;
  const auto fetch = [&](int start, int buffer) {
#pragma unroll
    for (int i = 0; i < 8; i++) {
      copy_async(&slabs.left[buffer][LeftSlab::k(i)][LeftSlab::m(i)], left(LeftSlab::m(i), start + LeftSlab::k(i)));
      copy_async(&slabs.right[buffer][RightSlab::k(i)][RightSlab::m(i)], right(RightSlab::m(i), start + RightSlab::k(i)));
    }
  };
  if (depth > 0) fetch(0, 0);
  for (int start = 0, buffer = 0; start < depth; start += DEPTH, buffer ^= 1) {
    copy_async_wait();
    __syncthreads();
    if (start + DEPTH < depth) fetch(start + DEPTH, buffer ^ 1);
    visit_left(slabs.left[buffer]);
    multiply.step(slabs.left[buffer], slabs.right[buffer]);
  }
  multiply.store_results(store);
}
