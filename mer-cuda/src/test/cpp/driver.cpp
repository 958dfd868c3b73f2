/*
 * The functions of the CUDA driver API that the backend calls, on host memory and emulated threads. A launch that a
 * GPU would reject is rejected.
 */
#include "fibers.h"
#include "kernels.h"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace {

enum Result {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  INVALID_IMAGE = 200,
  NO_BINARY_FOR_GPU = 209,
  INVALID_HANDLE = 400,
  NOT_FOUND = 500,
  ILLEGAL_ADDRESS = 700,
  LAUNCH_FAILED = 719
};

typedef uint64_t Address;

struct Function {
  const emulation::Kernel *kernel;
  int dynamic_limit = 48 * 1024;
};

struct Module {
  std::string image;
  std::map<std::string, Function> functions;
};

struct Copy {
  Address to, from;
  size_t bytes;
  long number; /* the number of the copy within its stream */
};

/*
 * Uploads run as late as possible: when their stream has other work, or on a wait for the stream or a later event. A missing
 * wait reads the previous contents.
 */
struct Stream {
  std::deque<Copy> late;
  long copies = 0;
};

struct Event {
  std::chrono::steady_clock::time_point time;
  Stream *stream = nullptr;
  long behind = 0; /* the number of the copy before the event */
};

constexpr size_t ZONE = 256; /* guard bytes after an allocation, to detect writes beyond it */
constexpr unsigned char MARK = 0xff;

std::recursive_mutex lock;
std::map<Address, size_t> allocations;
std::set<Stream *> streams;
long long memory = 256LL << 20, used;
int major_capability = 9, minor_capability;
unsigned order;
std::string failure;
int context;

bool inside(Address address, size_t bytes) {
  auto after = allocations.upper_bound(address);
  if (after == allocations.begin()) return bytes == 0;
  --after;
  return address + bytes <= after->first + after->second;
}

int shared_limit() { return (major_capability == 8 && minor_capability != 0 ? 99 : major_capability == 8 ? 163 : 227) * 1024; }

/* Runs a stream's deferred copies, up to a given one. */
void complete_copies(Stream *stream, long last) {
  if (streams.count(stream) == 0) return;
  while (!stream->late.empty() && stream->late.front().number <= last) {
    const Copy &copy = stream->late.front();
    memcpy(reinterpret_cast<void *>(copy.to), reinterpret_cast<void *>(copy.from), copy.bytes);
    stream->late.pop_front();
  }
}

void complete_copies(void *stream) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  Stream *one = static_cast<Stream *>(stream);
  if (one) complete_copies(one, one->copies);
}

void complete_copies(const Event &event) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  complete_copies(event.stream, event.behind);
}

void complete_all_copies() {
  for (Stream *stream : streams) complete_copies(stream, stream->copies);
}

Result upload(Address to, Address from, size_t bytes, void *stream) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  if (!inside(to, bytes)) return INVALID_VALUE;
  Stream *in = static_cast<Stream *>(stream);
  in->late.push_back({to, from, bytes, ++in->copies});
  return SUCCESS;
}

Result copy(Address to, Address from, size_t bytes, bool to_device, bool from_device) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  if ((to_device && !inside(to, bytes)) || (from_device && !inside(from, bytes))) return INVALID_VALUE;
  memmove(reinterpret_cast<void *>(to), reinterpret_cast<void *>(from), bytes);
  return SUCCESS;
}

Result fill(Address to, unsigned value, size_t count, size_t width) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  if (!inside(to, count * width)) return INVALID_VALUE;
  for (size_t i = 0; i < count; i++) memcpy(reinterpret_cast<char *>(to) + i * width, &value, width);
  return SUCCESS;
}

}  // namespace

extern "C" {

/* The settings of the emulated machine, for tests. */
void mer_emulator_set_memory(long long bytes) { memory = bytes; }
long long mer_emulator_allocated() { return used; }
void mer_emulator_set_order(unsigned seed) { order = seed; }
void mer_emulator_set_capability(int major, int minor) { major_capability = major, minor_capability = minor; }
const char *mer_emulator_failure() { return failure.c_str(); }

int cuInit(unsigned) { return SUCCESS; }
int cuDriverGetVersion(int *version) { return *version = 12010, SUCCESS; }
int cuDeviceGetCount(int *count) { return *count = 1, SUCCESS; }
int cuDeviceGet(int *device, int ordinal) { return *device = ordinal, ordinal == 0 ? SUCCESS : 101; }

int cuDeviceGetName(char *name, int length, int) {
  strncpy(name, "emulated by the CPU", static_cast<size_t>(length));
  return SUCCESS;
}

int cuDeviceGetAttribute(int *value, int attribute, int) {
  switch (attribute) {
    case 1: *value = 1024; break;                                  /* MAX_THREADS_PER_BLOCK */
    case 8: *value = 48 * 1024; break;                             /* MAX_SHARED_MEMORY_PER_BLOCK */
    case 10: *value = 32; break;                                   /* WARP_SIZE */
    case 12: *value = 65536; break;                                /* MAX_REGISTERS_PER_BLOCK */
    case 13: *value = 1000000; break;                              /* CLOCK_RATE */
    case 16: *value = 4; break;                                    /* MULTIPROCESSOR_COUNT */
    case 39: *value = 2048; break;                                 /* MAX_THREADS_PER_MULTIPROCESSOR */
    case 75: *value = major_capability; break;
    case 76: *value = minor_capability; break;
    case 81: *value = shared_limit() + 1024; break;                /* MAX_SHARED_MEMORY_PER_MULTIPROCESSOR */
    case 97: *value = shared_limit(); break;                       /* MAX_SHARED_MEMORY_PER_BLOCK_OPTIN */
    case 120: *value = major_capability >= 9; break;               /* CLUSTER_LAUNCH */
    default: *value = 0;
  }
  return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t *bytes, int) { return *bytes = static_cast<size_t>(memory), SUCCESS; }
int cuDevicePrimaryCtxRetain(void **out, int) { return *out = &context, SUCCESS; }
int cuDevicePrimaryCtxRelease_v2(int) { return SUCCESS; }
int cuCtxSetCurrent(void *) { return SUCCESS; }
int cuCtxGetCurrent(void **out) { return *out = &context, SUCCESS; }
int cuCtxSynchronize() { return SUCCESS; }

int cuMemGetInfo_v2(size_t *available, size_t *total) {
  *available = static_cast<size_t>(memory - used);
  *total = static_cast<size_t>(memory);
  return SUCCESS;
}

int cuMemAlloc_v2(Address *address, size_t bytes) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  if (bytes == 0) return INVALID_VALUE;
  if (used + static_cast<long long>(bytes) > memory) return OUT_OF_MEMORY;
  size_t whole = (bytes + 2 * ZONE - 1) / ZONE * ZONE;
  void *start = aligned_alloc(ZONE, whole);
  memset(start, MARK, whole);
  *address = reinterpret_cast<Address>(start);
  allocations[*address] = bytes;
  used += static_cast<long long>(bytes);
  return SUCCESS;
}

int cuMemFree_v2(Address address) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  complete_all_copies();
  if (address == 0) return SUCCESS;
  auto found = allocations.find(address);
  if (found == allocations.end()) return INVALID_VALUE;
  const size_t bytes = found->second, whole = (bytes + 2 * ZONE - 1) / ZONE * ZONE;
  bool clean = true;
  for (size_t i = bytes; i < whole; i++) clean &= reinterpret_cast<unsigned char *>(address)[i] == MARK;
  allocations.erase(found);
  used -= static_cast<long long>(bytes);
  free(reinterpret_cast<void *>(address));
  return clean ? SUCCESS : ILLEGAL_ADDRESS;
}

int cuMemAllocHost_v2(void **address, size_t bytes) { return *address = malloc(bytes), *address ? SUCCESS : OUT_OF_MEMORY; }
int cuMemHostAlloc(void **address, size_t bytes, unsigned) { return cuMemAllocHost_v2(address, bytes); }
int cuMemFreeHost(void *address) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  complete_all_copies();
  return free(address), SUCCESS;
}

int cuMemcpyHtoD_v2(Address to, Address from, size_t bytes) { return copy(to, from, bytes, true, false); }
int cuMemcpyDtoH_v2(Address to, Address from, size_t bytes) { return copy(to, from, bytes, false, true); }
int cuMemcpyDtoD_v2(Address to, Address from, size_t bytes) { return copy(to, from, bytes, true, true); }
int cuMemcpyHtoDAsync_v2(Address to, Address from, size_t bytes, void *stream) { return upload(to, from, bytes, stream); }
int cuMemcpyDtoHAsync_v2(Address to, Address from, size_t bytes, void *stream) {
  return complete_copies(stream), copy(to, from, bytes, false, true);
}
int cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, void *stream) {
  return complete_copies(stream), copy(to, from, bytes, true, true);
}
int cuMemsetD32_v2(Address to, unsigned value, size_t count) { return fill(to, value, count, 4); }
int cuMemsetD32Async(Address to, unsigned value, size_t count, void *stream) {
  return complete_copies(stream), fill(to, value, count, 4);
}
int cuMemsetD8Async(Address to, unsigned char value, size_t count, void *stream) {
  return complete_copies(stream), fill(to, value, count, 1);
}

int cuStreamCreate(void **stream, unsigned) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  *stream = *streams.insert(new Stream()).first;
  return SUCCESS;
}
int cuStreamSynchronize(void *stream) { return complete_copies(stream), SUCCESS; }
int cuStreamDestroy_v2(void *stream) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  complete_copies(stream);
  streams.erase(static_cast<Stream *>(stream));
  return delete static_cast<Stream *>(stream), SUCCESS;
}
int cuStreamWaitEvent(void *, void *event, unsigned) { return complete_copies(*static_cast<Event *>(event)), SUCCESS; }

int cuEventCreate(void **event, unsigned) { return *event = new Event(), SUCCESS; }
int cuEventRecord(void *event, void *stream) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  Stream *in = static_cast<Stream *>(stream);
  *static_cast<Event *>(event) = {std::chrono::steady_clock::now(), in, in->copies};
  return SUCCESS;
}
int cuEventSynchronize(void *event) { return complete_copies(*static_cast<Event *>(event)), SUCCESS; }
int cuEventQuery(void *) { return SUCCESS; }
int cuEventElapsedTime(float *milliseconds, void *from, void *to) {
  *milliseconds =
      std::chrono::duration<float, std::milli>(static_cast<Event *>(to)->time - static_cast<Event *>(from)->time).count();
  return SUCCESS;
}
int cuEventDestroy_v2(void *event) { return delete static_cast<Event *>(event), SUCCESS; }

int cuModuleLoadDataEx(void **module, const void *image, unsigned, void *, void *) {
  std::string text(static_cast<const char *>(image));
  if (text.find(".version") == std::string::npos) return INVALID_IMAGE;
  if (text.find(".target sm_90") != std::string::npos && major_capability < 9) return NO_BINARY_FOR_GPU;
  *module = new Module{text, {}};
  return SUCCESS;
}
int cuModuleLoadData(void **module, const void *image) { return cuModuleLoadDataEx(module, image, 0, nullptr, nullptr); }
int cuModuleUnload(void *module) { return delete static_cast<Module *>(module), SUCCESS; }

int cuModuleGetFunction(void **function, void *module, const char *name) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  const emulation::Kernel *kernel = emulation::kernel(name);
  Module &in = *static_cast<Module *>(module);
  if (in.image.find(std::string(".entry ") + name + "(") == std::string::npos || !kernel) return NOT_FOUND;
  Function &made = in.functions[name];
  made.kernel = kernel;
  *function = &made;
  return SUCCESS;
}

int cuFuncSetAttribute(void *function, int attribute, int value) {
  if (attribute == 8) {
    if (value > shared_limit()) return INVALID_VALUE;
    static_cast<Function *>(function)->dynamic_limit = value;
  }
  return SUCCESS;
}

int cuFuncGetAttribute(int *value, int attribute, void *function) {
  *value = attribute == 0 ? static_cast<int>(static_cast<Function *>(function)->kernel->threads) : 0;
  return SUCCESS;
}

int cuLaunchKernel(
    void *function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y, unsigned block_z,
    unsigned dynamic, void *stream, void **parameters, void **) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  complete_copies(stream);
  const Function &f = *static_cast<Function *>(function);
  if (grid_x == 0 || grid_y == 0 || grid_z == 0 || grid_y > 65535 || grid_z > 65535) return INVALID_VALUE;
  if (block_x != f.kernel->threads || block_y != 1 || block_z != 1) return INVALID_VALUE;
  if (grid_x % f.kernel->cluster != 0 || static_cast<int>(dynamic) > f.dynamic_limit) return INVALID_VALUE;
  const char *why = emulation::run(
      {{grid_x, grid_y, grid_z}, block_x, f.kernel->cluster, dynamic, order, [&] { f.kernel->call(parameters); }});
  failure = why == nullptr ? "" : why;
  return why == nullptr ? SUCCESS : LAUNCH_FAILED;
}

int cuGetErrorName(int error, const char **name) {
  switch (error) {
    case SUCCESS: *name = "CUDA_SUCCESS"; break;
    case INVALID_VALUE: *name = "CUDA_ERROR_INVALID_VALUE"; break;
    case OUT_OF_MEMORY: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
    case 100: *name = "CUDA_ERROR_NO_DEVICE"; break;
    case 222: *name = "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"; break;
    case INVALID_IMAGE: *name = "CUDA_ERROR_INVALID_IMAGE"; break;
    case NO_BINARY_FOR_GPU: *name = "CUDA_ERROR_NO_BINARY_FOR_GPU"; break;
    case NOT_FOUND: *name = "CUDA_ERROR_NOT_FOUND"; break;
    case ILLEGAL_ADDRESS: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; break;
    case LAUNCH_FAILED: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
    default: *name = "CUDA_ERROR_UNKNOWN";
  }
  return SUCCESS;
}

int cuGetErrorString(int error, const char **text) {
  *text = error == LAUNCH_FAILED ? failure.c_str() : "no text, this is the emulation";
  return SUCCESS;
}
}
