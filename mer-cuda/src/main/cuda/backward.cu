/* The recurrence backward, one CTA for each group of rows. */
#include "recurrence.cuh"

extern "C" __global__ void __launch_bounds__(512, 1) mer_backward_h64(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows,
    int residents) {
  recur<Backward, 64, 1>(all, groups, rows, hidden, group_rows, residents);
}

extern "C" __global__ void __launch_bounds__(512, 1) mer_backward_h128(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows,
    int residents) {
  recur<Backward, 128, 1>(all, groups, rows, hidden, group_rows, residents);
}

extern "C" __global__ void __launch_bounds__(256, 1) mer_backward_h256(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows,
    int residents) {
  recur<Backward, 256, 1>(all, groups, rows, hidden, group_rows, residents);
}
