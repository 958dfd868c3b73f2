/* The kernels on clusters, for compute capability 9.0 and higher. */
#include "cluster_backward.cu"
#include "cluster_forward.cu"
