/* The functions that depend on the device: a GPU, or in tests the emulation. */
#pragma once

#ifdef __CUDACC__
#include "gpu.cuh"
#else
#include "emulation.h"
#endif
