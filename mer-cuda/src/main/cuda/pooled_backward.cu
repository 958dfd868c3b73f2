/* The backward recurrence with attention pooling and one CTA for each group of rows. */
#include "recurrence.cuh"

extern "C" __global__ void __launch_bounds__(512, 1) mer_pooled_backward_h64(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows,
    int resident_blocks) {
  run_recurrence<PooledBackward, 64, 1>(all, groups, rows, hidden, group_rows, resident_blocks);
}

extern "C" __global__ void __launch_bounds__(512, 1) mer_pooled_backward_h128(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows,
    int resident_blocks) {
  run_recurrence<PooledBackward, 128, 1>(all, groups, rows, hidden, group_rows, resident_blocks);
}

extern "C" __global__ void __launch_bounds__(256, 1) mer_pooled_backward_h256(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows,
    int resident_blocks) {
  run_recurrence<PooledBackward, 256, 1>(all, groups, rows, hidden, group_rows, resident_blocks);
}
