/* What the kernels need of the machine: a GPU, or in the tests an emulation of one. */
#pragma once

#ifdef __CUDACC__
#include "gpu.cuh"
#else
#include "emulation.h"
#endif
