/*
 * How what a step computes reaches those who need it in the next one. Values for step n + 1 are written to the other one
 * of two buffers while step n's are read, so one meeting per step is enough.
 */
#pragma once
#include "device.cuh"
#include "group.cuh"

template <int CTAS>
class Exchange;

/* One CTA: shared memory and its barrier. */
template <>
class Exchange<1> {
 public:
  __device__ static int rank() { return 0; }
  __device__ void open() { __syncthreads(); }
  __device__ void expect(int, int) {}
  __device__ void await(int) {}
  __device__ void send(float4 *target, int copy, int, float4 x, int) {
    if (copy == 0) *target = x;
  }
  __device__ void finish() { __syncthreads(); }
};
