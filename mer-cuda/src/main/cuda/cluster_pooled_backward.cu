/* The backward recurrence with attention pooling and a cluster of CTAs for each group of rows: each weight is read once. */
#include "cluster_exchange.cuh"
#include "recurrence.cuh"

extern "C" __global__ void __cluster_dims__(2, 1, 1) __launch_bounds__(512, 1) mer_cluster_pooled_backward_h128(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows) {
  run_recurrence<PooledBackward, 128, 2>(all, groups, rows, hidden, group_rows, 0);
}

extern "C" __global__ void __cluster_dims__(8, 1, 1) __launch_bounds__(256, 1) mer_cluster_pooled_backward_h256(
    __grid_constant__ const Directions all, const int4 *groups, const int4 *rows, int hidden, int group_rows) {
  run_recurrence<PooledBackward, 256, 8>(all, groups, rows, hidden, group_rows, 0);
}
