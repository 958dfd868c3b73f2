/*
 * What the host passes to the kernels, by value or in device memory.
 *
 * Letters: B batch, D inputs, S packed rows, H hidden units padded to what a kernel was made for; `hidden` is their true
 * number. The rows of a modality lie one after the other, each with its own length, in time order; gates are [S, H, 4],
 * the four gates i, f, g, o of a unit side by side.
 */
#pragma once

constexpr int MAX_DIRECTIONS = 16;
constexpr int MAX_GROUP_ROWS = 16;

/* One direction of one encoder. */
struct Direction {
  float *gates;        /* [S, H, 4]; before the recurrence what the inputs contribute, biases included */
  float *cells;        /* [S, H], or null: nothing is kept for a backward pass */
  float *before;       /* [S, H], the output of the step before, zero at the first */
  const float *panels; /* the recurrent weights as mer_pack orders them for this pass */
  float *states;       /* [B, stride]; forward the final outputs, backward their gradients */
  int reverse, stride;
};

struct Directions {
  Direction at[MAX_DIRECTIONS];
};

/* Gates of one direction from its inputs. */
struct Projection {
  const float *x;       /* [S, D] */
  const float *weights; /* [4 hidden, D] */
  const float *bias1, *bias2;
  float *gates;
  int rows, inputs;
};

struct Projections {
  Projection at[MAX_DIRECTIONS];
};

/* A weights' gradient: out [4 hidden, columns] = gates [S, 4H]^T right [S, stride]. */
struct Product {
  const float *gates, *right;
  float *out;
  float *bias1, *bias2; /* [4 hidden] both the same, or null */
  int rows, columns, stride, unused;
};

struct Products {
  Product at[2 * MAX_DIRECTIONS];
};

/* One segment's features of a modality, [steps, D], and where a pass reads them. */
struct FeatureRow {
  const float *from;
  float *to;
  int values, unused;
};

/* The recurrent weights [4 hidden, hidden] of one direction, and their panels for both passes. */
struct Pack {
  const float *recurrent;
  float *forward, *backward; /* [4 H H] */
};

struct Packs {
  Pack at[MAX_DIRECTIONS];
};
