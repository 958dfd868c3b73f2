/* The kernels by name, as a module's image names them. */
#pragma once

namespace emulation {

struct Kernel {
  const char *name;
  unsigned threads; /* a block has so many */
  unsigned cluster;
  void (*call)(void **parameters);
};

/* Null if there is none. */
const Kernel *kernel(const char *name);

}  // namespace emulation
