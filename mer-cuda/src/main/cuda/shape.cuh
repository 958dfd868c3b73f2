/* How the recurrent matrix is dealt out to threads. */
#pragma once

/*
 * Eight threads share a hidden unit. A part of the matrix is what all threads of a CTA hold at once: the four gates of
 * UNITS units, [4 UNITS, H]. A chunk is a float4 of each gate, so a thread holds CHUNKS * 16 weights of a part.
 */
template <int H>
struct Shape {
  static constexpr int THREADS = H == 256 ? 256 : 512;
  static constexpr int UNITS = THREADS / 8;
  static constexpr int PARTS = H / UNITS;
  static constexpr int CHUNKS = H / 32;
};

/* The same for mer_pack, which is not made for one H. */
__device__ inline int threads_for(int h) { return h == 256 ? 256 : 512; }
