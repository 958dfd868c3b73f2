/*
 * The structures that the host passes to the kernels, by value or in device memory.
 *
 * Letters: B batch, D inputs, S packed rows, H hidden units, padded for the kernel; `hidden` is their number before padding.
 * The rows of a modality are contiguous, each with its own length, in time order. Gates are [S, H, 4]: the four gates i, f,
 * g, o of a unit are adjacent.
 */
#pragma once

constexpr int MAX_DIRECTIONS = 16;
constexpr int MAX_GROUP_ROWS = 16;

/* One direction of one encoder. */
struct Direction {
  float *gates;        /* [S, H, 4]; before the recurrence the projected inputs with biases */
  float *cells;        /* [S, H]; null in inference, which saves nothing for a backward pass */
  float *previous;     /* [S, H], the output of the previous step, zero at the first step; in the backward pass with pooling the
                          gradient of the output of each step, see pooling.cuh */
  const float *panels; /* the recurrent weights in the order of mer_pack for this pass */
  float *states;       /* [B, stride]; the final outputs, in the backward pass their gradients */
  int reverse, stride;
};

struct Directions {
  Direction of[MAX_DIRECTIONS];
};

/* The projection of the inputs of one direction to its gates. */
struct Projection {
  const float *x;       /* [S, D] */
  const float *weights; /* [4 hidden, D] */
  const float *bias1, *bias2;
  float *gates;
  int rows, inputs;
};

struct Projections {
  Projection of[MAX_DIRECTIONS];
};

/* The gradient of a weight matrix: out [4 hidden, columns] = gates [S, 4H]^T right [S, stride]. */
struct Product {
  const float *gates, *right;
  float *out;
  float *bias1, *bias2; /* [4 hidden], both with the same values; or null */
  int rows, columns, stride, padding;
};

struct Products {
  Product of[2 * MAX_DIRECTIONS];
};

/* The features [steps, D] of one modality of a segment, and their address in the inputs of a pass. */
struct FeatureRow {
  const float *source;
  float *target;
  int values, padding;
};

/* The recurrent weights [4 hidden, hidden] of one direction, and their copies in the order of each pass. */
struct Pack {
  const float *recurrent;
  float *forward, *backward; /* [4 H H] */
};

struct Packs {
  Pack of[MAX_DIRECTIONS];
};
