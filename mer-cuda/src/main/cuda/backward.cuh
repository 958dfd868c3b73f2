/*
 * The backward recurrence, from the gradients of the final outputs to those of the gates, which replace the gates.
 *
 * Steps are counted from the last step of a group, so a shorter row starts later. Each step exchanges the gate gradients, 4H
 * floats per row. A warp computes four units as inputs for two rows at a time. Each lane multiplies its 32nd of the gate
 * gradients by four columns of the weights. Then lane l has the output gradient of row (l / 4) mod 2 and unit l mod 4, which
 * four lanes compute.
 *
 * With attention pooling the loss also depends on the outputs of the other steps: the gradients of all outputs, the final ones
 * included, are read from memory and added to those of the recurrence.
 */
#pragma once
#include "exchange.cuh"
#include "gates.cuh"
#include "weights.cuh"

#include <type_traits>

/* The values of one unit and step that the forward pass saved. */
struct SavedValues {
  float4 gates;
  float cell, previous_cell;
};

/* With the gradient of the unit's output from the pooling. */
struct PooledValues : SavedValues {
  float d_output;
};

template <int H, int CTAS, bool POOLED>
class BackwardPass {
 public:
  using Values = std::conditional_t<POOLED, PooledValues, SavedValues>;

 private:
  using S = Shape<H>;
  static constexpr int PARTS = S::PARTS / CTAS;
  static constexpr int OWN_UNITS = PARTS * S::UNITS;

  const Direction direction;
  const Group &group;
  Exchange<CTAS> &exchange;
  float4 *const gradients; /* [2, R, H], those of the four gates */
  float *const cells;      /* [R, OWN_UNITS], the gradients of the cells */
  const int group_rows, hidden, lane, first_unit;

 public:
  __device__ BackwardPass(
      const Direction &direction, const Group &group, Exchange<CTAS> &exchange, float *memory, int group_rows, int hidden)
      : direction(direction), group(group), exchange(exchange), gradients(reinterpret_cast<float4 *>(memory)),
        cells(memory + 8 * group_rows * H), group_rows(group_rows), hidden(hidden), lane(threadIdx.x % 32),
        first_unit(threadIdx.x / 32 * 4) {}

  static __device__ int memory(int group_rows) { return group_rows * (8 * H + OWN_UNITS); }

  __device__ int rows(int step) const { return group.longer_than(time(step)); }

  /* Returns the number of bytes that a CTA receives for a step. */
  __device__ int bytes(int step) const {
    return step < group.steps() ? rows(step - 1) * H * static_cast<int>(sizeof(float4)) : 0;
  }

  __device__ Values load(Cursor at) const {
    const Row row = group.rows[2 * at.pair + lane / 4 % 2];
    const int t = time(at.step);
    Values saved = {};
    if (t < 0 || t >= row.length) return saved;
    const size_t index = static_cast<size_t>(packed(row, t)) * H + unit(at);
    saved.gates = reinterpret_cast<const float4 *>(direction.gates)[index];
    saved.cell = direction.cells[index];
    if (t > 0) saved.previous_cell = direction.cells[static_cast<size_t>(packed(row, t - 1)) * H + unit(at)];
    if constexpr (POOLED) saved.d_output = direction.previous[index];
    return saved;
  }

  template <class Weights>
  __device__ void process(Cursor at, const Weights &weights, Values saved) {
    const int r = 2 * at.pair + lane / 4 % 2, t = time(at.step);
    const Row row = group.rows[r];
    float *d_cell = &cells[r * OWN_UNITS + at.part * S::UNITS + first_unit + lane % 4];
    const bool last = t == row.length - 1;
    float d_output = 0.f, d_next = 0.f;
    if (t < group.rows[2 * at.pair].length - 1) {
      const float4 *row_gradients = &gradients[((at.step & 1) * group_rows + 2 * at.pair) * H] + lane;
      float sums[8] = {};
      if (t < group.rows[2 * at.pair + 1].length - 1) {
        multiply<H, 2>(sums, weights, row_gradients, H, 32);
      } else {
        multiply<H, 1>(sums, weights, row_gradients, H, 32);
      }
      d_output = reduce_scatter(sums, lane);
      d_output += shuffle_xor(d_output, 8);
      d_output += shuffle_xor(d_output, 16);
    }
    if constexpr (POOLED) d_output += saved.d_output;
    if (!last) {
      d_next = *d_cell;
    } else if constexpr (!POOLED) {
      d_output = unit(at) < hidden ? direction.states[static_cast<size_t>(row.batch) * direction.stride + unit(at)] : 0.f;
    }
    const CellGradient d = differentiate(saved.gates, saved.cell, saved.previous_cell, d_output, d_next);
    __syncwarp();
    if (t >= row.length) return;
    const int replica = lane / 8;
    if (t > 0)
      exchange.send(&gradients[((at.step + 1 & 1) * group_rows + r) * H + unit(at)], replica, 4, d.gates, at.step + 1);
    if (replica == 0) *d_cell = d.previous_cell;
    if (replica == 1)
      reinterpret_cast<float4 *>(direction.gates)[static_cast<size_t>(packed(row, t)) * H + unit(at)] = d.gates;
  }

 private:
  /* Returns the position of a step in the order of the forward pass. */
  __device__ int time(int step) const { return group.steps() - 1 - step; }

  __device__ int unit(Cursor at) const {
    return (Exchange<CTAS>::rank() * PARTS + at.part) * S::UNITS + first_unit + lane % 4;
  }

  __device__ int packed(Row row, int t) const { return row.offset + (direction.reverse ? row.length - 1 - t : t); }
};

template <int H, int CTAS>
using Backward = BackwardPass<H, CTAS, false>;

template <int H, int CTAS>
using PooledBackward = BackwardPass<H, CTAS, true>;
