/* The kernels of attention pooling on clusters, for compute capability 9.0 and higher. */
#include "cluster_pooled_backward.cu"
