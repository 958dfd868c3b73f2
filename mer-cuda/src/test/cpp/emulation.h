/*
 * The subset of CUDA C++ that the kernels use, for a host compiler: each CUDA thread is a fiber that runs until it has to
 * wait for others. Included by device.cuh in place of the GPU's intrinsics.
 */
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#define __device__
#define __global__
#define __grid_constant__
#define __align__(n) alignas(n)
#define __launch_bounds__(...)
#define __cluster_dims__(...)

struct uint3 {
  unsigned x, y, z;
};
struct int4 {
  int x, y, z, w;
};
struct alignas(16) float4 {
  float x, y, z, w;
};

inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
inline int min(int a, int b) { return a < b ? a : b; }

using std::fmin;
using std::isfinite;
using std::sqrt;

inline float __expf(float x) { return expf(x); }
inline float __fdividef(float a, float b) { return a / b; }
inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __fsqrt_rn(float a) { return sqrtf(a); }

namespace emulation {

/* A barrier: counts arrivals and releases all threads when the last one arrives. */
struct Barrier {
  int expected = 0, arrived = 0;
  long generation = 0;
};

struct Warp {
  Barrier barrier;
  unsigned pace = 1;        /* the warp runs in one of this many rounds */
  int operation = 0;        /* the operation of the arrived lanes, which must be the same */
  unsigned long long slots[2][32][8]; /* the values that lanes exchange, in this barrier and the previous one */
};

struct Block {
  uint3 index;
  int rank; /* in its cluster */
  Barrier barrier;
  Warp warps[32];
  char *memory; /* shared */
};

/* A pending copy_async. */
struct PendingCopy {
  float *target;
  const float *source;
};

constexpr int MAX_PENDING = 64;

struct Thread {
  uint3 index;
  Block *block;
  PendingCopy *pending; /* room for MAX_PENDING */
  int pending_count = 0;
  Warp &warp() const { return block->warps[index.x / 32]; }
  int lane() const { return static_cast<int>(index.x % 32); }
};

extern Thread *current;

void arrive_and_wait(Barrier &barrier);
Barrier &cluster_barrier();
uint3 grid();
/* Yields to other threads until the phase has the other parity. */
void wait_while(const int &phase, int parity);
/* Records progress; without any, the launch fails as a deadlock. */
void progress();
[[noreturn]] void fail(const char *why);

/* Returns the address of a named shared variable in the CTA's memory; its offset is the same in every CTA. */
char *shared(const char *name, size_t size);
char *dynamic();
char *in_block(const void *own, int rank);

/* Waits for the warp's other lanes and returns the value of each. */
inline unsigned long long (*exchange(int operation, const void *value, size_t size))[8] {
  Warp &warp = current->warp();
  if (warp.barrier.arrived > 0 && warp.operation != operation) fail("the lanes of a warp run different operations");
  warp.operation = operation;
  unsigned long long(*slots)[8] = warp.slots[warp.barrier.generation & 1];
  memcpy(slots[current->lane()], value, size);
  arrive_and_wait(warp.barrier);
  return slots;
}

template <class T>
T shuffled(int operation, T x, int lane) {
  unsigned long long(*slots)[8] = exchange(operation, &x, sizeof x);
  T y;
  memcpy(&y, slots[lane & 31], sizeof y);
  return y;
}

}  // namespace emulation

#define threadIdx (emulation::current->index)
#define blockIdx (emulation::current->block->index)
#define gridDim (emulation::grid())

#define SHARED(type, name) type &name = *reinterpret_cast<type *>(emulation::shared(__FILE__ #name, sizeof(type)))

inline float4 *dynamic_shared() { return reinterpret_cast<float4 *>(emulation::dynamic()); }

inline void __syncthreads() { emulation::arrive_and_wait(emulation::current->block->barrier); }
inline void __syncwarp() {
  char nothing = 0;
  emulation::exchange(1, &nothing, 1);
}

inline int count_lanes(bool condition) {
  unsigned long long(*slots)[8] = emulation::exchange(6, &condition, sizeof condition);
  int count = 0;
  for (int lane = 0; lane < 32; lane++) count += *reinterpret_cast<const bool *>(slots[lane]);
  return count;
}

inline float shuffle(float x, int lane) { return emulation::shuffled(2, x, lane); }
inline float shuffle_xor(float x, int mask) { return emulation::shuffled(3, x, emulation::current->lane() ^ mask); }
inline double shuffle_xor(double x, int mask) { return emulation::shuffled(4, x, emulation::current->lane() ^ mask); }

/* Deferred on purpose: a read before copy_async_wait() returns the previous contents. */
inline void copy_async(float *target, const float *source) {
  emulation::Thread &thread = *emulation::current;
  if (thread.pending_count == emulation::MAX_PENDING) emulation::fail("too many pending copies");
  thread.pending[thread.pending_count++] = {target, source};
}

inline void copy_async_wait() {
  emulation::Thread &thread = *emulation::current;
  for (int i = 0; i < thread.pending_count; i++) *thread.pending[i].target = thread.pending[i].source ? *thread.pending[i].source : 0.f;
  thread.pending_count = 0;
}

/* Rounds to ten bits of mantissa, to nearest, ties away from zero. */
inline unsigned tf32(float x) {
  unsigned bits;
  memcpy(&bits, &x, sizeof bits);
  return (bits & 0x7f800000u) == 0x7f800000u ? bits : (bits + 0x1000u) & ~0x1fffu;
}

inline float tf32_value(unsigned bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* Rounds to bfloat16, to nearest, ties to even. */
inline unsigned bf16(float x) {
  unsigned bits;
  memcpy(&bits, &x, sizeof bits);
  return std::isnan(x) ? 0x7fffu : (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
}

inline unsigned bf16_pair(float low, float high) { return bf16(high) << 16 | bf16(low); }

namespace emulation {

/*
 * c [16, 8] += a [16, 4 N] b [4 N, 8], with fragments in the lanes of a warp. number(bits, i) is the i-th of the N numbers of a
 * register.
 */
template <int N, class Number>
void multiply(int operation, float (&c)[4], const unsigned (&a)[4], const unsigned (&b)[2], const Number &number) {
  unsigned mine[6] = {a[0], a[1], a[2], a[3], b[0], b[1]};
  unsigned long long(*slots)[8] = exchange(operation, mine, sizeof mine);
  const int group = current->lane() / 4, quad = current->lane() % 4;
  const auto value = [&](int lane, int which, int i) {
    unsigned bits;
    memcpy(&bits, reinterpret_cast<const char *>(slots[lane]) + 4 * which, sizeof bits);
    return number(bits, i);
  };
  for (int i = 0; i < 4; i++)
    for (int half = 0; half < 2; half++)
      for (int k = 0; k < 4 * N; k++)
        c[i] += value(group * 4 + k / N, i / 2 + half * 2, k % N) *
                value((quad * 2 + i % 2) * 4 + k / N, 4 + half, k % N);
}

}  // namespace emulation

inline void multiply_tf32(float (&c)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  emulation::multiply<1>(5, c, a, b, [](unsigned bits, int) { return tf32_value(bits); });
}

inline void multiply_bf16(float (&c)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  emulation::multiply<2>(7, c, a, b, [](unsigned bits, int i) { return tf32_value(i == 0 ? bits << 16 : bits & 0xffff0000u); });
}

/* An mbarrier with one arriving thread: bytes may arrive before they are expected. */
struct TransferBarrier {
  int pending, bytes, phase;
};

inline int cluster_rank() { return emulation::current->block->rank; }
inline void cluster_sync() { emulation::arrive_and_wait(emulation::cluster_barrier()); }
inline void barrier_init(TransferBarrier *barrier) { *barrier = {1, 0, 0}; }

/* Starts the next phase if the current one is complete. */
inline void barrier_update(TransferBarrier *barrier) {
  if (barrier->pending > 0 || barrier->bytes != 0) return;
  barrier->pending = 1;
  barrier->phase++;
  emulation::progress();
}

inline void barrier_expect(TransferBarrier *barrier, int bytes) {
  if (barrier->pending == 0) emulation::fail("barrier_expect is called twice for a phase");
  barrier->pending = 0;
  barrier->bytes += bytes;
  barrier_update(barrier);
}

inline void barrier_wait(TransferBarrier *barrier, int parity) {
  emulation::wait_while(barrier->phase, parity);
}

inline void store_async(float4 *target, int rank, float4 x, TransferBarrier *barrier) {
  memcpy(emulation::in_block(target, rank), &x, sizeof x);
  TransferBarrier *remote = reinterpret_cast<TransferBarrier *>(emulation::in_block(barrier, rank));
  remote->bytes -= static_cast<int>(sizeof x);
  barrier_update(remote);
}
