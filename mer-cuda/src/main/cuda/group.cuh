/* The rows that a CTA, or a cluster of them, takes through the recurrence together. */
#pragma once
#include "device.cuh"
#include "layout.cuh"

struct Row {
  int offset, length, batch, unused;
};

struct Group {
  Row rows[MAX_GROUP_ROWS]; /* longest first; those that are not there have length 0 */
  int direction;

  __device__ int steps() const { return rows[0].length; }


  /* How many rows have more steps than that; to be asked by whole warps. */
  __device__ int longer_than(int steps) const {
    const int r = threadIdx.x % 32;
    return count_lanes(r < MAX_GROUP_ROWS && rows[r].length > steps);
  }
};

/* All threads of the CTA read their group; a barrier must follow. */
__device__ inline void read_group(Group &group, const int4 *groups, const int4 *rows, int index) {
  const int4 about = groups[index];
  const int r = threadIdx.x;
  if (r == 0) group.direction = about.x;
  if (r < MAX_GROUP_ROWS) {
    int4 row = r < about.z ? rows[about.y + r] : make_int4(0, 0, 0, 0);
    group.rows[r] = {row.x, row.y, row.z, 0};
  }
}

/* Where a recurrence is: rows two by two, each pair part by part of the recurrent matrix. */
struct Cursor {
  int step, pair, part;

  /* The next place of a walk through `parts` parts and as many pairs as rows are longer than the step. */
  __device__ Cursor next(int rows, int parts) const {
    if (part + 1 < parts) return {step, pair, part + 1};
    if (2 * (pair + 1) < rows) return {step, pair + 1, 0};
    return {step + 1, 0, 0};
  }
};
