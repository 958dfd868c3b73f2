/* Reorders the recurrent weights so that a warp reads what its lanes need from consecutive addresses. */
#include "device.cuh"
#include "layout.cuh"
#include "shape.cuh"

/*
 * Panels [part, chunk, 4, thread, 4]. Forward: thread 8u+s has, of the four gates of unit u of the part, the inputs
 * 4(s + 8 chunk) .. +3. Backward: lane l of warp w has, of the part's units 4w .. 4w+3 as inputs, the four gates of unit
 * l + 32 chunk. One CTA row of threads handles the H*H (unit, input) pairs.
 */
extern "C" __global__ void __launch_bounds__(256) mer_pack(Packs all, int hidden, int h) {
  const Pack pack = all.at[blockIdx.y];
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
