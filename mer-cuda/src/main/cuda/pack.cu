/* Reorders the recurrent weights so that the lanes of a warp read consecutive addresses. */
#include "device.cuh"
#include "layout.cuh"
#include "shape.cuh"

/*
 * Panels [part, chunk, 4, thread, 4]. Forward: thread 8u + s has the inputs 4 (s + 8 chunk) to 4 (s + 8 chunk) + 3 of the
 * four gates of the part's unit u. Backward: lane l of warp w has the four gates of unit l + 32 chunk for the inputs 4w to
 * 4w + 3 of the part. Row y of the grid has one thread for each of the H * H pairs (unit, input) of direction y.
 */
extern "C" __global__ void __launch_bounds__(256) mer_pack(Packs all, int hidden, int h) {
  const Pack pack = all.of[blockIdx.y];
  const int unit = (blockIdx.x * 256 + threadIdx.x) / h, input = (blockIdx.x * 256 + threadIdx.x) % h;
  const int threads = threads_for(h), units = threads / 8, chunks = h / 32;
  for (int gate = 0; gate < 4; gate++) {
    float weight = unit < hidden && input < hidden ? pack.recurrent[(gate * hidden + unit) * hidden + input] : 0.f;
    int quad = input / 4;
    int thread = unit % units * 8 + quad % 8;
    int block = (unit / units * chunks + quad / 8) * 4 + gate;
    pack.forward[(block * threads + thread) * 4 + input % 4] = weight;
    thread = input % units / 4 * 32 + unit % 32;
    block = (input / units * chunks + unit / 32) * 4 + input % 4;
    pack.backward[(block * threads + thread) * 4 + gate] = weight;
  }
}
