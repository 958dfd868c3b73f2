/*
 * The exchange between the CTAs of a cluster, without a barrier of threads: each value is stored in the shared memory of
 * every CTA, and a CTA continues when all expected bytes have arrived.
 *
 * Values that are still read are not overwritten: a row's values for step n are stored in buffer n mod 2, which was read in
 * step n - 2. A warp that sends them has received all values for step n - 1, and a warp sends a pair of rows for step n - 1
 * after it has read that pair in step n - 2. So every warp of every CTA has read the buffer. A finished row is read for the
 * last time in its last step, and its values are not written again.
 */
#pragma once
#include "exchange.cuh"

struct TransferBarriers {
  TransferBarrier of_buffer[2];
};

template <int CTAS>
class Exchange {
  TransferBarrier *barriers;

 public:
  __device__ static int rank() { return cluster_rank(); }

  __device__ void init() {
    SHARED(TransferBarriers, shared);
    barriers = shared.of_buffer;
    if (threadIdx.x < 2) barrier_init(&barriers[threadIdx.x]);
    cluster_sync();
  }

  /* Called once for each step from 1 on that receives bytes, at the earliest two steps before it. */
  __device__ void expect(int step, int bytes) {
    if (threadIdx.x == 0 && bytes > 0) barrier_expect(&barriers[step & 1], bytes);
  }

  __device__ void wait(int step) {
    if (step > 0) barrier_wait(&barriers[step & 1], (step - 1) >> 1 & 1);
  }

  /* `replicas` threads have the same x; number `replica` stores it in the CTAs of rank replica, replica + replicas, ... */
  __device__ void send(float4 *target, int replica, int replicas, float4 x, int step) {
    for (int rank = replica; rank < CTAS; rank += replicas) store_async(target, rank, x, &barriers[step & 1]);
  }

  __device__ void finish() {}
};
