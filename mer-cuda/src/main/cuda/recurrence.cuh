/* The loop over the steps, for both passes. */
#pragma once
#include "backward.cuh"
#include "forward.cuh"

/* Copies the first blocks after those in registers to shared memory. */
template <int H>
__device__ void copy_resident(float4 *resident, const float4 *panels, int resident_blocks) {
  for (int i = threadIdx.x; i < resident_blocks * 4 * Shape<H>::THREADS; i += Shape<H>::THREADS)
    resident[i] = panels[Shape<H>::CHUNKS * 4 * Shape<H>::THREADS + i];
}

/* Runs all steps of one group of rows. A lane loads its values from memory one position ahead. */
template <template <int, int> class Pass, int H, int CTAS>
__device__ void run_recurrence(
    const Directions &all, const int4 *groups, const int4 *rows, int hidden, int group_rows, int resident_blocks) {
  constexpr int PARTS = Shape<H>::PARTS / CTAS;
  float4 *memory = dynamic_shared();
  SHARED(Group, group);
  Exchange<CTAS> exchange;
  read_group(group, groups, rows, blockIdx.x / CTAS);
  __syncthreads();
  const Direction direction = all.of[group.direction];
  const float4 *panels = reinterpret_cast<const float4 *>(direction.panels);
  RegisterWeights<H> registers;
  registers.load(panels, CTAS > 1 ? exchange.rank() : 0);
  const int floats = Pass<H, CTAS>::memory(group_rows);
  for (int i = threadIdx.x; i < floats / 4; i += Shape<H>::THREADS) memory[i] = make_float4(0.f, 0.f, 0.f, 0.f);
  if (PARTS > 1) copy_resident<H>(memory + floats / 4, panels, resident_blocks);
  exchange.init();
  Pass<H, CTAS> pass(direction, group, exchange, reinterpret_cast<float *>(memory), group_rows, hidden);
  exchange.expect(1, pass.bytes(1));
  Cursor at = {0, 0, 0};
  typename Pass<H, CTAS>::Values values = pass.load(at);
  while (at.step < group.steps()) {
    const int step = at.step, active = pass.rows(step);
    exchange.wait(step);
    __syncwarp(); /* cells are written by one lane and read by others */
    while (at.step == step) {
      const Cursor next = at.next(active, PARTS);
      const typename Pass<H, CTAS>::Values next_values = pass.load(next);
      if (PARTS == 1 || at.part == 0) {
        pass.process(at, registers, values);
      } else {
        pass.process(at, StreamedWeights<H>{panels, memory + floats / 4, at.part, resident_blocks}, values);
      }
      at = next;
      values = next_values;
    }
    exchange.expect(step + 2, pass.bytes(step + 2));
    exchange.finish();
  }
}
