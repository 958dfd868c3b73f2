/* The kernels by their names in a module's image. */
#pragma once

namespace emulation {

struct Kernel {
  const char *name;
  unsigned threads; /* the threads of a block */
  unsigned cluster;
  void (*call)(void **parameters);
};

/* Returns null if no kernel has this name. */
const Kernel *kernel(const char *name);

}  // namespace emulation
