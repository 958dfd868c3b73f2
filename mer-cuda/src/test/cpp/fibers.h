/* Runs a grid of CUDA threads on one host thread. */
#pragma once
#include <functional>

namespace emulation {

struct Launch {
  unsigned grid[3], block;
  unsigned cluster;         /* CTAs that run at the same time and access each other's shared memory */
  size_t dynamic;           /* bytes of shared memory beyond the named variables */
  unsigned order;           /* 0: threads run in ascending order; else the seed of another order, in which some warps lag */
  std::function<void()> kernel;
};

/* Returns an error message, or null. */
const char *run(const Launch &launch);

}  // namespace emulation
