/* The machine's own instructions where CUDA C++ has no word for them. */
#pragma once

/* A variable that the threads of a CTA share. */
#define SHARED(type, name) __shared__ type name

/* The shared memory whose size the launch says. */
__device__ inline float4 *dynamic_shared() {
  extern __shared__ float4 memory[];
  return memory;
}

/* How many lanes of the warp say yes. */
__device__ inline int count_lanes(bool yes) { return __popc(__ballot_sync(0xffffffffu, yes)); }

__device__ inline float shuffle(float x, int lane) { return __shfl_sync(0xffffffffu, x, lane); }
__device__ inline float shuffle_xor(float x, int mask) { return __shfl_xor_sync(0xffffffffu, x, mask); }
__device__ inline double shuffle_xor(double x, int mask) { return __shfl_xor_sync(0xffffffffu, x, mask); }

__device__ inline unsigned shared_address(const void *p) { return static_cast<unsigned>(__cvta_generic_to_shared(p)); }

/* Starts copying one number to shared memory, or a zero if there is no source; done when copies_wait() returns. */
__device__ inline void copy_async(float *to, const float *from) {
  asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;" ::"r"(shared_address(to)), "l"(from),
               "r"(from == nullptr ? 0 : 4)
               : "memory");
}

__device__ inline void copies_wait() { asm volatile("cp.async.wait_all;" ::: "memory"); }

__device__ inline unsigned tf32(float x) {
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(x));
  return bits;
}

__device__ inline float tf32_value(unsigned bits) { return __uint_as_float(bits); }

/* c [16, 8] += a [16, 8] b [8, 8] by the tensor cores; the fragments lie as PTX's m16n8k8 says. */
__device__ inline void multiply_tf32(float (&c)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/* Two numbers rounded to bfloat16, to the nearest even; the first in the lower half. */
__device__ inline unsigned bf16_pair(float low, float high) {
  unsigned bits;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(bits) : "f"(high), "f"(low));
  return bits;
}

/* c [16, 8] += a [16, 16] b [16, 8] by the tensor cores; the fragments lie as PTX's m16n8k16 says. */
__device__ inline void multiply_bf16(float (&c)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

#if __CUDA_ARCH__ >= 900
typedef unsigned long long Mailbox;

__device__ inline int cluster_rank() {
  unsigned rank;
  asm("mov.u32 %0, %%cluster_ctarank;" : "=r"(rank));
  return static_cast<int>(rank);
}

/* Every thread of the cluster comes here before any goes on, and sees what the others wrote before. */
__device__ inline void cluster_sync() {
  asm volatile("barrier.cluster.arrive.release.aligned;\nbarrier.cluster.wait.acquire.aligned;" ::: "memory");
}

__device__ inline void mailbox_open(Mailbox *box) {
  asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;\nfence.mbarrier_init.release.cluster;" ::"r"(shared_address(box))
               : "memory");
}

/* The next delivery is complete when so many bytes have come; they may come before this is called. */
__device__ inline void mailbox_expect(Mailbox *box, int bytes) {
  asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(shared_address(box)), "r"(bytes)
               : "memory");
}

/* Waits for the delivery whose number has this parity. */
__device__ inline void mailbox_wait(Mailbox *box, int parity) {
  asm volatile(
      "{\n.reg .pred done;\n"
      "again:\n"
      "mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 done, [%0], %1;\n"
      "@!done bra again;\n}" ::"r"(shared_address(box)),
      "r"(parity)
      : "memory");
}

/* Writes 16 bytes to where `target` is in the CTA of that rank, and tells the same CTA's mailbox. */
__device__ inline void mail(float4 *target, int rank, float4 x, Mailbox *box) {
  asm volatile(
      "{\n.reg .b32 where, told;\n"
      "mapa.shared::cluster.u32 where, %0, %2;\n"
      "mapa.shared::cluster.u32 told, %1, %2;\n"
      "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v4.b32 [where], {%3, %4, %5, %6}, [told];\n}" ::"r"(
          shared_address(target)),
      "r"(shared_address(box)), "r"(rank), "f"(x.x), "f"(x.y), "f"(x.z), "f"(x.w)
      : "memory");
}
#endif
