/* Copies rows of features to the inputs of a pass, where they are contiguous. */
#include "device.cuh"
#include "layout.cuh"

constexpr int GATHER_THREADS = 256;
constexpr int GATHER_PIECE = 4096; /* the numbers that a block copies */

/*
 * Block (x, y) copies piece y of row x, 16 bytes at a time if source and target have the same alignment. The first block
 * then also copies the at most six numbers before the first and after the last aligned 16 bytes.
 */
extern "C" __global__ void __launch_bounds__(GATHER_THREADS) mer_gather(const FeatureRow *rows) {
  const FeatureRow row = rows[blockIdx.x];
  const int begin = blockIdx.y * GATHER_PIECE;
  if (begin >= row.values) return;
  const float *__restrict__ source = row.source;
  float *__restrict__ target = row.target;
  if ((reinterpret_cast<size_t>(source) ^ reinterpret_cast<size_t>(target)) % sizeof(float4) != 0) {
    const int end = min(begin + GATHER_PIECE, row.values);
#pragma unroll 8
    for (int i = begin + static_cast<int>(threadIdx.x); i < end; i += GATHER_THREADS) target[i] = source[i];
    return;
  }
  const int misalignment = static_cast<int>(reinterpret_cast<size_t>(target) % sizeof(float4) / sizeof(float));
  const int head = min((4 - misalignment) % 4, row.values), quads = (row.values - head) / 4;
  const float4 *__restrict__ source_quads = reinterpret_cast<const float4 *>(source + head);
  float4 *__restrict__ target_quads = reinterpret_cast<float4 *>(target + head);
  const int end = min((begin + GATHER_PIECE) / 4, quads);
#pragma unroll
  for (int i = begin / 4 + static_cast<int>(threadIdx.x); i < end; i += GATHER_THREADS) target_quads[i] = source_quads[i];
  const int rest = row.values - 4 * quads, i = static_cast<int>(threadIdx.x);
  if (begin == 0 && i < rest) {
    const int at = i < head ? i : 4 * quads + i;
    target[at] = source[at];
  }
}
