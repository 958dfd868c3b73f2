/*
 * The forward recurrence. Weights are in the same place during all steps; each step exchanges the outputs, H floats per row.
 *
 * A warp computes four units for two rows at a time. Each of a unit's eight lanes multiplies its eighth of the row by the
 * weights of four gates. Then lane 4 row + gate of the eight gets the sum of that gate and applies its activation, and all
 * four lanes of a row compute cell and output.
 */
#pragma once
#include "exchange.cuh"
#include "gates.cuh"
#include "weights.cuh"

template <int H, int CTAS>
class Forward {
 public:
  using Values = float;

 private:
  using S = Shape<H>;
  static constexpr int PARTS = S::PARTS / CTAS;
  static constexpr int OWN_UNITS = PARTS * S::UNITS;

  const Direction direction;
  const Group &group;
  Exchange<CTAS> &exchange;
  float *const outputs; /* [2, R, H] */
  float *const cells;   /* [R, OWN_UNITS] */
  const int group_rows, hidden, lane, first_unit, gate;

 public:
  __device__ Forward(
      const Direction &direction, const Group &group, Exchange<CTAS> &exchange, float *memory, int group_rows, int hidden)
      : direction(direction), group(group), exchange(exchange), outputs(memory), cells(memory + 2 * group_rows * H),
        group_rows(group_rows), hidden(hidden), lane(threadIdx.x % 32), first_unit(threadIdx.x / 32 * 4), gate(lane % 4) {}

  static __device__ int memory(int group_rows) { return group_rows * (2 * H + OWN_UNITS); }

  __device__ int rows(int step) const { return group.longer_than(step); }

  /* Returns the number of bytes that a CTA receives for a step. */
  __device__ int bytes(int step) const { return rows(step) * H * static_cast<int>(sizeof(float)); }

  /* Returns the projected inputs of this lane's gate. */
  __device__ float load(Cursor at) const {
    const Row row = group.rows[2 * at.pair + lane / 4 % 2];
    if (at.step >= row.length) return 0.f;
    return direction.gates[(static_cast<size_t>(packed(row, at.step)) * H + unit(at)) * 4 + gate];
  }

  template <class Weights>
  __device__ void process(Cursor at, const Weights &weights, float projected) {
    const int r = 2 * at.pair + lane / 4 % 2;
    const Row row = group.rows[r];
    float *cell = &cells[r * OWN_UNITS + at.part * S::UNITS + first_unit + lane / 8];
    const float previous_cell = *cell;
    const float4 *row_outputs =
        reinterpret_cast<const float4 *>(&outputs[((at.step & 1) * group_rows + 2 * at.pair) * H]) + lane % 8;
    float sums[8] = {};
    if (at.step < group.rows[2 * at.pair + 1].length) {
      multiply<H, 2>(sums, weights, row_outputs, H / 4, 8);
    } else {
      multiply<H, 1>(sums, weights, row_outputs, H / 4, 8);
    }
    const float a = activate(reduce_scatter(sums, lane) + projected, gate);
    const float i = shuffle(a, lane & ~3), f = shuffle(a, lane & ~3 | 1), g = shuffle(a, lane & ~3 | 2);
    const float o = shuffle(a, lane | 3);
    const float c = f * previous_cell + i * g, h = o * hyperbolic_tangent(c);
    __syncwarp(); /* after all four lanes of a row have read its cell */
    if (gate == 0) *cell = c;
    const float4 four = make_float4(
        shuffle(h, lane % 8), shuffle(h, 8 + lane % 8), shuffle(h, 16 + lane % 8), shuffle(h, 24 + lane % 8));
    if (at.step >= row.length) return;
    const int replica = lane / 8 * 4 + gate;
    if (at.step + 1 < row.length) {
      float *target = &outputs[((at.step + 1 & 1) * group_rows + r) * H + unit(at) - lane / 8];
      exchange.send(reinterpret_cast<float4 *>(target), replica, 16, four, at.step + 1);
    } else if (gate == 1 && unit(at) < hidden) {
      direction.states[static_cast<size_t>(row.batch) * direction.stride + unit(at)] = h;
    }
    if (direction.cells != nullptr) save(at, row, a, c, replica, four);
  }

 private:
  __device__ int unit(Cursor at) const {
    return (Exchange<CTAS>::rank() * PARTS + at.part) * S::UNITS + first_unit + lane / 8;
  }

  __device__ int packed(Row row, int step) const {
    return row.offset + (direction.reverse ? row.length - 1 - step : step);
  }

  /* Saves the values for the backward pass. */
  __device__ void save(Cursor at, Row row, float a, float c, int replica, float4 four) const {
    const size_t index = static_cast<size_t>(packed(row, at.step)) * H + unit(at);
    direction.gates[index * 4 + gate] = a;
    if (gate == 0) direction.cells[index] = c;
    if (replica == 1) {
      float *previous = direction.previous + unit(at);
      if (at.step == 0)
        *reinterpret_cast<float4 *>(previous + static_cast<size_t>(packed(row, 0)) * H) = make_float4(0.f, 0.f, 0.f, 0.f);
      if (at.step + 1 < row.length)
        *reinterpret_cast<float4 *>(previous + static_cast<size_t>(packed(row, at.step + 1)) * H) = four;
    }
  }
};
