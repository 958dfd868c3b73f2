/* The kernels of attention pooling except those on clusters, for compute capability 8.0 and higher. */
#include "pooled_backward.cu"
#include "pooling.cu"
