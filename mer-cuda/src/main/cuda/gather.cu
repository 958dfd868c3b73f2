/* Copies rows of features from wherever they lie to where a pass reads them, end to end. */
#include "device.cuh"
#include "layout.cuh"

constexpr int GATHER_THREADS = 256;
constexpr int GATHER_PIECE = 4096; /* numbers that a block copies */

/*
 * Block (x, y) copies piece y of row x: 16 bytes at a time if source and target lie alike, and then the numbers before the
 * first and behind the last whole 16 bytes, fewer than eight, are the first block's.
 */
extern "C" __global__ void __launch_bounds__(GATHER_THREADS) mer_gather(const FeatureRow *rows) {
  const FeatureRow row = rows[blockIdx.x];
  const int begin = blockIdx.y * GATHER_PIECE;
  if (begin >= row.values) return;
  const float *__restrict__ from = row.from;
  float *__restrict__ to = row.to;
  if ((reinterpret_cast<size_t>(from) ^ reinterpret_cast<size_t>(to)) % sizeof(float4) != 0) {
    const int end = min(begin + GATHER_PIECE, row.values);
#pragma unroll 8
    for (int i = begin + static_cast<int>(threadIdx.x); i < end; i += GATHER_THREADS) to[i] = from[i];
    return;
  }
  const int apart = static_cast<int>(reinterpret_cast<size_t>(to) % sizeof(float4) / sizeof(float));
  const int head = min((4 - apart) % 4, row.values), quads = (row.values - head) / 4;
  const float4 *__restrict__ whole = reinterpret_cast<const float4 *>(from + head);
  float4 *__restrict__ target = reinterpret_cast<float4 *>(to + head);
  const int end = min((begin + GATHER_PIECE) / 4, quads);
#pragma unroll
  for (int i = begin / 4 + static_cast<int>(threadIdx.x); i < end; i += GATHER_THREADS) target[i] = whole[i];
  const int rest = row.values - 4 * quads, i = static_cast<int>(threadIdx.x);
  if (begin == 0 && i < rest) {
    const int at = i < head ? i : 4 * quads + i;
    to[at] = from[at];
  }
}
