/*
 * Attention pooling, as mer-core's AttentionPooling: p = sum over t of a_t h_t, with the weights a = softmax over t of v . h_t.
 * h_t [2 hidden] are the outputs of both directions after step t of a row, in time order.
 */
#pragma once
#include "layout.cuh"
#include "warp.cuh"

constexpr int POOL_THREADS = 512;
constexpr int MAX_POOLINGS = MAX_DIRECTIONS / 2;

/* The pooling of one modality. A state is the final outputs of both directions [2 hidden], then p [2 hidden]. */
struct Pooling {
  const float *previous[2]; /* [S, H] of both directions, see Direction */
  const float *vector;      /* v [2 hidden] */
  const int4 *rows;         /* [count]: packed row of the first step, number of steps, row of the batch */
  float *states;            /* [B, 4 hidden] */
  const float *d_states;    /* [B, 4 hidden], their gradients */
  float *weights;           /* [S], a; after the backward pass the gradients of the scores v . h_t */
  float *d_outputs[2];      /* [S, H], the gradients of h of both directions, with those of the final outputs */
  float *d_vectors;         /* [count, 2 hidden], the part of each row of the gradient of v */
  float *d_vector;          /* [2 hidden], the gradient of v */
  int count, padding;
};

struct Poolings {
  Pooling of[MAX_POOLINGS];
};

/* The outputs of one direction after each step of a row: those of all steps but the final one are saved as previous outputs. */
class Outputs {
  const float *previous, *state;
  int final_step, shift, h;

 public:
  __device__ Outputs(const float *previous, const float *state, int final_step, int shift, int h)
      : previous(previous), state(state), final_step(final_step), shift(shift), h(h) {}

  /* Returns the outputs [hidden] after step t in time order. */
  __device__ const float *at(int t) const { return t == final_step ? state : previous + (t + shift) * h; }

  __device__ bool is_final(int t) const { return t == final_step; }
};

/* One row of one modality. */
class PooledRow {
  const int hidden;
  const size_t state_offset;

 public:
  const int offset, length;

 private:
  const Outputs forward, reverse;

 public:
  __device__ PooledRow(const Pooling &pooling, int4 row, int hidden, int h)
      : hidden(hidden), state_offset(static_cast<size_t>(row.z) * 4 * hidden), offset(row.x), length(row.y),
        forward(pooling.previous[0] + static_cast<size_t>(offset) * h, pooling.states + state_offset, length - 1, 1, h),
        reverse(pooling.previous[1] + static_cast<size_t>(offset) * h, pooling.states + state_offset + hidden, 0, -1, h) {}

  /* Returns the row's state [4 hidden], or its gradient. */
  __device__ float *state(float *states) const { return states + state_offset; }
  __device__ const float *state(const float *states) const { return states + state_offset; }

  __device__ Outputs outputs(int direction) const { return direction == 0 ? forward : reverse; }

  /* Returns the inner product of a vector [2 hidden] and h_t to all lanes of the warp. */
  __device__ float dot(const float *vector, int t) const {
    float sum = 0.f;
#pragma unroll
    for (int direction = 0; direction < 2; direction++) {
      const float *own = outputs(direction).at(t);
      for (int i = threadIdx.x % 32; i < hidden; i += 32) sum = fmaf(vector[direction * hidden + i], own[i], sum);
    }
    return warp_sum(sum);
  }

  /* Returns the sum over t of factors[t] times value j of h_t. */
  __device__ float weighted_sum(const float *factors, int j) const {
    const int direction = j < hidden ? 0 : 1;
    const Outputs own = outputs(direction);
    float sum = 0.f;
#pragma unroll 8
    for (int t = 0; t < length; t++) sum = fmaf(factors[t], own.at(t)[j - direction * hidden], sum);
    return sum;
  }
};
