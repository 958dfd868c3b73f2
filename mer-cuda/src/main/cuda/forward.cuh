/*
 * The recurrence forward. Weights stay where they are from the first step to the last; what moves is the output, H
 * floats a row and step, to all who multiply with it.
 *
 * A warp has four units. For two rows at a time each of a unit's eight lanes multiplies its eighth of the row with four
 * gates; then lane 4 row + gate of the eight gets that gate's sum, applies its function, and all four lanes of a row
 * compute cell and output.
 */
#pragma once
#include "exchange.cuh"
#include "gates.cuh"
#include "weights.cuh"

template <int H, int CTAS>
class Forward {
 public:
  using Fetched = float;

 private:
  using S = Shape<H>;
  static constexpr int PARTS = S::PARTS / CTAS;
  static constexpr int OWN = PARTS * S::UNITS;

  const Direction direction;
  const Group &group;
  Exchange<CTAS> &exchange;
  float *const outputs; /* [2, R, H] */
  float *const cells;   /* [R, OWN] */
  const int group_rows, hidden, lane, first, gate;

 public:
  __device__ Forward(
      const Direction &direction, const Group &group, Exchange<CTAS> &exchange, float *memory, int group_rows, int hidden)
      : direction(direction), group(group), exchange(exchange), outputs(memory), cells(memory + 2 * group_rows * H),
        group_rows(group_rows), hidden(hidden), lane(threadIdx.x % 32), first(threadIdx.x / 32 * 4), gate(lane % 4) {}

  static __device__ int memory(int group_rows) { return group_rows * (2 * H + OWN); }

  __device__ int rows(int step) const { return group.longer_than(step); }

  /* Bytes that a CTA gets for a step. */
  __device__ int bytes(int step) const { return rows(step) * H * static_cast<int>(sizeof(float)); }

  /* What the inputs contribute to this lane's gate. */
  __device__ float fetch(Cursor at) const {
    const Row row = group.rows[2 * at.pair + lane / 4 % 2];
    if (at.step >= row.length) return 0.f;
    return direction.gates[(static_cast<size_t>(packed(row, at.step)) * H + unit(at)) * 4 + gate];
  }

  template <class Weights>
  __device__ void pass(Cursor at, const Weights &weights, float contribution) {
    const int r = 2 * at.pair + lane / 4 % 2;
    const Row row = group.rows[r];
    float *cell = &cells[r * OWN + at.part * S::UNITS + first + lane / 8];
    const float earlier = *cell;
    const float4 *from =
        reinterpret_cast<const float4 *>(&outputs[((at.step & 1) * group_rows + 2 * at.pair) * H]) + lane % 8;
    float sums[8] = {};
    if (at.step < group.rows[2 * at.pair + 1].length) {
      multiply<H, 2>(sums, weights, from, H / 4, 8);
    } else {
      multiply<H, 1>(sums, weights, from, H / 4, 8);
    }
    const float a = activate(deal_out(sums, lane) + contribution, gate);
    const float i = shuffle(a, lane & ~3), f = shuffle(a, lane & ~3 | 1), g = shuffle(a, lane & ~3 | 2);
    const float o = shuffle(a, lane | 3);
    const float c = f * earlier + i * g, h = o * tangent(c);
    __syncwarp(); /* all four lanes of a row have read its cell */
    if (gate == 0) *cell = c;
    const float4 four = make_float4(
        shuffle(h, lane % 8), shuffle(h, 8 + lane % 8), shuffle(h, 16 + lane % 8), shuffle(h, 24 + lane % 8));
    if (at.step >= row.length) return;
    const int copy = lane / 8 * 4 + gate;
    if (at.step + 1 < row.length) {
      float *to = &outputs[((at.step + 1 & 1) * group_rows + r) * H + unit(at) - lane / 8];
      exchange.send(reinterpret_cast<float4 *>(to), copy, 16, four, at.step + 1);
    } else if (gate == 1 && unit(at) < hidden) {
      direction.states[static_cast<size_t>(row.batch) * direction.stride + unit(at)] = h;
    }
    if (direction.cells != nullptr) keep(at, row, a, c, copy, four);
  }

 private:
  __device__ int unit(Cursor at) const {
    return (Exchange<CTAS>::rank() * PARTS + at.part) * S::UNITS + first + lane / 8;
  }

  __device__ int packed(Row row, int step) const {
    return row.offset + (direction.reverse ? row.length - 1 - step : step);
  }

  /* For the backward pass. */
  __device__ void keep(Cursor at, Row row, float a, float c, int copy, float4 four) const {
    const size_t here = static_cast<size_t>(packed(row, at.step)) * H + unit(at);
    direction.gates[here * 4 + gate] = a;
    if (gate == 0) direction.cells[here] = c;
    if (copy == 1) {
      float *before = direction.before + unit(at);
      if (at.step == 0)
        *reinterpret_cast<float4 *>(before + static_cast<size_t>(packed(row, 0)) * H) = make_float4(0.f, 0.f, 0.f, 0.f);
      if (at.step + 1 < row.length)
        *reinterpret_cast<float4 *>(before + static_cast<size_t>(packed(row, at.step + 1)) * H) = four;
    }
  }
};
