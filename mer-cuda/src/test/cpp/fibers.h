/* Runs a grid of CUDA threads on one host thread. */
#pragma once
#include <functional>

namespace emulation {

struct Launch {
  unsigned grid[3], block;
  unsigned cluster;         /* CTAs that live at the same time and see each other's shared memory */
  size_t dynamic;           /* bytes of shared memory beyond the named variables */
  unsigned order;           /* 0: threads take turns in ascending order; else a seed for another one, where some warps lag */
  std::function<void()> kernel;
};

/* Returns what went wrong, or nothing. */
const char *run(const Launch &launch);

}  // namespace emulation
