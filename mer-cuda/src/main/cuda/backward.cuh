/*
 * The recurrence backward: from the gradients of the final outputs to those of the gates, which replace the gates.
 *
 * Steps are counted from a group's last one, so row r joins at its own last. What moves is the gates' gradients, 4H
 * floats a row and step. A warp has four units as inputs; for two rows at a time each lane multiplies its 32nd of the
 * gates' gradients with four weights' columns; then lane l has the output gradient of row l / 4 mod 2 and unit l mod 4,
 * four times over.
 */
#pragma once
#include "exchange.cuh"
#include "gates.cuh"
#include "weights.cuh"

/* What the forward pass kept of one unit and step. */
struct Kept {
  float4 gates;
  float cell, earlier;
};

template <int H, int CTAS>
class Backward {
 public:
  using Fetched = Kept;

 private:
  using S = Shape<H>;
  static constexpr int PARTS = S::PARTS / CTAS;
  static constexpr int OWN = PARTS * S::UNITS;

  const Direction direction;
  const Group &group;
  Exchange<CTAS> &exchange;
  float4 *const gradients; /* [2, R, H], of the four gates */
  float *const cells;      /* [R, OWN], the cells' gradients */
  const int group_rows, hidden, lane, first;

 public:
  __device__ Backward(
      const Direction &direction, const Group &group, Exchange<CTAS> &exchange, float *memory, int group_rows, int hidden)
      : direction(direction), group(group), exchange(exchange), gradients(reinterpret_cast<float4 *>(memory)),
        cells(memory + 8 * group_rows * H), group_rows(group_rows), hidden(hidden), lane(threadIdx.x % 32),
        first(threadIdx.x / 32 * 4) {}

  static __device__ int memory(int group_rows) { return group_rows * (8 * H + OWN); }

  __device__ int rows(int step) const { return group.longer_than(time(step)); }

  /* Bytes that a CTA gets for a step. */
  __device__ int bytes(int step) const {
    return step < group.steps() ? rows(step - 1) * H * static_cast<int>(sizeof(float4)) : 0;
  }

  __device__ Kept fetch(Cursor at) const {
    const Row row = group.rows[2 * at.pair + lane / 4 % 2];
    const int t = time(at.step);
    Kept kept = {};
    if (t < 0 || t >= row.length) return kept;
    const size_t here = static_cast<size_t>(packed(row, t)) * H + unit(at);
    kept.gates = reinterpret_cast<const float4 *>(direction.gates)[here];
    kept.cell = direction.cells[here];
    if (t > 0) kept.earlier = direction.cells[static_cast<size_t>(packed(row, t - 1)) * H + unit(at)];
    return kept;
  }

  template <class Weights>
  __device__ void pass(Cursor at, const Weights &weights, Kept kept) {
    const int r = 2 * at.pair + lane / 4 % 2, t = time(at.step);
    const Row row = group.rows[r];
    float *cell = &cells[r * OWN + at.part * S::UNITS + first + lane % 4];
    const bool last = t == row.length - 1;
    float output = 0.f, carried = 0.f;
    if (t < group.rows[2 * at.pair].length - 1) {
      const float4 *from = &gradients[((at.step & 1) * group_rows + 2 * at.pair) * H] + lane;
      float sums[8] = {};
      if (t < group.rows[2 * at.pair + 1].length - 1) {
        multiply<H, 2>(sums, weights, from, H, 32);
      } else {
        multiply<H, 1>(sums, weights, from, H, 32);
      }
      output = deal_out(sums, lane);
      output += shuffle_xor(output, 8);
      output += shuffle_xor(output, 16);
    }
    if (!last) {
      carried = *cell;
    } else {
      output = unit(at) < hidden ? direction.states[static_cast<size_t>(row.batch) * direction.stride + unit(at)] : 0.f;
    }
    const CellGradient d = differentiate(kept.gates, kept.cell, kept.earlier, output, carried);
    __syncwarp();
    if (t >= row.length) return;
    const int copy = lane / 8;
    if (t > 0) exchange.send(&gradients[((at.step + 1 & 1) * group_rows + r) * H + unit(at)], copy, 4, d.gates, at.step + 1);
    if (copy == 0) *cell = d.cell;
    if (copy == 1)
      reinterpret_cast<float4 *>(direction.gates)[static_cast<size_t>(packed(row, t)) * H + unit(at)] = d.gates;
  }

 private:
  /* Where a step lies in the rows' own order. */
  __device__ int time(int step) const { return group.steps() - 1 - step; }

  __device__ int unit(Cursor at) const {
    return (Exchange<CTAS>::rank() * PARTS + at.part) * S::UNITS + first + lane % 4;
  }

  __device__ int packed(Row row, int t) const { return row.offset + (direction.reverse ? row.length - 1 - t : t); }
};
