/* The walk through the steps that both passes share. */
#pragma once
#include "backward.cuh"
#include "forward.cuh"

/* Copies the first blocks after those held in registers to shared memory. */
template <int H>
__device__ void settle(float4 *resident, const float4 *panels, int residents) {
  for (int i = threadIdx.x; i < residents * 4 * Shape<H>::THREADS; i += Shape<H>::THREADS)
    resident[i] = panels[Shape<H>::CHUNKS * 4 * Shape<H>::THREADS + i];
}

/*
 * Takes one group of rows from its first step to its last. What a lane needs from memory is asked for one pass ahead.
 */
template <template <int, int> class Pass, int H, int CTAS>
__device__ void recur(
    const Directions &all, const int4 *groups, const int4 *rows, int hidden, int group_rows, int residents) {
  constexpr int PARTS = Shape<H>::PARTS / CTAS;
  float4 *memory = dynamic_shared();
  SHARED(Group, group);
  Exchange<CTAS> exchange;
  read_group(group, groups, rows, blockIdx.x / CTAS);
  __syncthreads();
  const Direction direction = all.at[group.direction];
  const float4 *panels = reinterpret_cast<const float4 *>(direction.panels);
  HeldWeights<H> held;
  held.read(panels, CTAS > 1 ? exchange.rank() : 0);
  const int floats = Pass<H, CTAS>::memory(group_rows);
  for (int i = threadIdx.x; i < floats / 4; i += Shape<H>::THREADS) memory[i] = make_float4(0.f, 0.f, 0.f, 0.f);
  if (PARTS > 1) settle<H>(memory + floats / 4, panels, residents);
  exchange.open();
  Pass<H, CTAS> pass(direction, group, exchange, reinterpret_cast<float *>(memory), group_rows, hidden);
  exchange.expect(1, pass.bytes(1));
  Cursor at = {0, 0, 0};
  typename Pass<H, CTAS>::Fetched fetched = pass.fetch(at);
  while (at.step < group.steps()) {
    const int step = at.step, active = pass.rows(step);
    exchange.await(step);
    __syncwarp(); /* cells are written by one lane and read by others */
    while (at.step == step) {
      const Cursor next = at.next(active, PARTS);
      const typename Pass<H, CTAS>::Fetched ahead = pass.fetch(next);
      if (PARTS == 1 || at.part == 0) {
        pass.pass(at, held, fetched);
      } else {
        pass.pass(at, StreamedWeights<H>{panels, memory + floats / 4, at.part, residents}, fetched);
      }
      at = next;
      fetched = ahead;
    }
    exchange.expect(step + 2, pass.bytes(step + 2));
    exchange.finish();
  }
}
