/* Functions of the GPU, by PTX instructions where CUDA C++ has none. */
#pragma once

/* Declares a variable in shared memory. */
#define SHARED(type, name) __shared__ type name

/* Returns the shared memory whose size the launch sets. */
__device__ inline float4 *dynamic_shared() {
  extern __shared__ float4 memory[];
  return memory;
}

/* Returns the number of lanes of the warp whose condition is true. */
__device__ inline int count_lanes(bool condition) { return __popc(__ballot_sync(0xffffffffu, condition)); }

__device__ inline float shuffle(float x, int lane) { return __shfl_sync(0xffffffffu, x, lane); }
__device__ inline float shuffle_xor(float x, int mask) { return __shfl_xor_sync(0xffffffffu, x, mask); }
__device__ inline double shuffle_xor(double x, int mask) { return __shfl_xor_sync(0xffffffffu, x, mask); }

__device__ inline unsigned shared_address(const void *p) { return static_cast<unsigned>(__cvta_generic_to_shared(p)); }

/* Starts to copy one number to shared memory, or zero if source is null; complete when copy_async_wait() returns. */
__device__ inline void copy_async(float *target, const float *source) {
  asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;" ::"r"(shared_address(target)), "l"(source),
               "r"(source == nullptr ? 0 : 4)
               : "memory");
}

__device__ inline void copy_async_wait() { asm volatile("cp.async.wait_all;" ::: "memory"); }

__device__ inline unsigned tf32(float x) {
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(x));
  return bits;
}

__device__ inline float tf32_value(unsigned bits) { return __uint_as_float(bits); }

/* c [16, 8] += a [16, 8] b [8, 8] on the tensor cores; fragments in the layout of PTX's m16n8k8. */
__device__ inline void multiply_tf32(float (&c)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/* Returns two numbers rounded to bfloat16, to nearest even; the first is in the lower half. */
__device__ inline unsigned bf16_pair(float low, float high) {
  unsigned bits;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(bits) : "f"(high), "f"(low));
  return bits;
}

/* c [16, 8] += a [16, 16] b [16, 8] on the tensor cores; fragments in the layout of PTX's m16n8k16. */
__device__ inline void multiply_bf16(float (&c)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

#if __CUDA_ARCH__ >= 900
/* An mbarrier that counts transferred bytes. */
typedef unsigned long long TransferBarrier;

__device__ inline int cluster_rank() {
  unsigned rank;
  asm("mov.u32 %0, %%cluster_ctarank;" : "=r"(rank));
  return static_cast<int>(rank);
}

/* Waits for all threads of the cluster; their previous writes are visible afterwards. */
__device__ inline void cluster_sync() {
  asm volatile("barrier.cluster.arrive.release.aligned;\nbarrier.cluster.wait.acquire.aligned;" ::: "memory");
}

__device__ inline void barrier_init(TransferBarrier *barrier) {
  asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;\nfence.mbarrier_init.release.cluster;" ::"r"(shared_address(barrier))
               : "memory");
}

/* Sets the number of bytes of the next phase; they may arrive before this call. */
__device__ inline void barrier_expect(TransferBarrier *barrier, int bytes) {
  asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(shared_address(barrier)), "r"(bytes)
               : "memory");
}

/* Waits until the bytes of the phase with this parity have arrived. */
__device__ inline void barrier_wait(TransferBarrier *barrier, int parity) {
  asm volatile(
      "{\n.reg .pred done;\n"
      "retry:\n"
      "mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 done, [%0], %1;\n"
      "@!done bra retry;\n}" ::"r"(shared_address(barrier)),
      "r"(parity)
      : "memory");
}

/* Stores 16 bytes at `target` in the shared memory of the CTA of that rank, and counts them at that CTA's barrier. */
__device__ inline void store_async(float4 *target, int rank, float4 x, TransferBarrier *barrier) {
  asm volatile(
      "{\n.reg .b32 remote_target, remote_barrier;\n"
      "mapa.shared::cluster.u32 remote_target, %0, %2;\n"
      "mapa.shared::cluster.u32 remote_barrier, %1, %2;\n"
      "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v4.b32 [remote_target], {%3, %4, %5, %6}, "
      "[remote_barrier];\n}" ::"r"(shared_address(target)),
      "r"(shared_address(barrier)), "r"(rank), "f"(x.x), "f"(x.y), "f"(x.z), "f"(x.w)
      : "memory");
}
#endif
