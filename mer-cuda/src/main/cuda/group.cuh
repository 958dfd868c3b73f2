/* The rows that a CTA, or a cluster of CTAs, processes together. */
#pragma once
#include "device.cuh"
#include "layout.cuh"

struct Row {
  int offset, length, batch, padding;
};

struct Group {
  Row rows[MAX_GROUP_ROWS]; /* the longest first; unused ones have length 0 */
  int direction;

  __device__ int steps() const { return rows[0].length; }

  /* Returns the number of rows with more than `steps` steps; called by all lanes of a warp. */
  __device__ int longer_than(int steps) const {
    const int r = threadIdx.x % 32;
    return count_lanes(r < MAX_GROUP_ROWS && rows[r].length > steps);
  }
};

/* Reads a group; called by all threads of a CTA, before a barrier. */
__device__ inline void read_group(Group &group, const int4 *groups, const int4 *rows, int index) {
  const int4 entry = groups[index];
  const int r = threadIdx.x;
  if (r == 0) group.direction = entry.x;
  if (r < MAX_GROUP_ROWS) {
    int4 row = r < entry.z ? rows[entry.y + r] : make_int4(0, 0, 0, 0);
    group.rows[r] = {row.x, row.y, row.z, 0};
  }
}

/* A position in the recurrence: a step, a pair of rows, and a part of the recurrent matrix. */
struct Cursor {
  int step, pair, part;

  /* Returns the next position: all parts of a pair, then the next pair of the active rows, then the next step. */
  __device__ Cursor next(int active_rows, int parts) const {
    if (part + 1 < parts) return {step, pair, part + 1};
    if (2 * (pair + 1) < active_rows) return {step, pair + 1, 0};
    return {step + 1, 0, 0};
  }
};
