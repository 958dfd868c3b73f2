/* The distribution of the recurrent matrix over threads. */
#pragma once

/*
 * Eight threads compute a hidden unit. A part of the matrix is the four gates of UNITS units, [4 UNITS, H], which the
 * threads of a CTA process at once. A chunk is one float4 of each gate: a thread has CHUNKS * 16 weights of a part.
 */
template <int H>
struct Shape {
  static constexpr int THREADS = H == 256 ? 256 : 512;
  static constexpr int UNITS = THREADS / 8;
  static constexpr int PARTS = H / UNITS;
  static constexpr int CHUNKS = H / 32;
};

/* Shape<H>::THREADS for mer_pack, whose H is an argument. */
__device__ inline int threads_for(int h) { return h == 256 ? 256 : 512; }
