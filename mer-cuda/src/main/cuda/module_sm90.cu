/* What needs clusters: compute capability 9.0. */
#include "cluster_backward.cu"
#include "cluster_forward.cu"
