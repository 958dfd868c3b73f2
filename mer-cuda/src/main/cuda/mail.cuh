/*
 * The exchange between the CTAs of a cluster, without any barrier: each value is mailed to every CTA, and a CTA goes on
 * when all it expects has come.
 *
 * Why nobody overwrites what is still read: a row's values for step n go to buffer n mod 2, which was read in step n - 2.
 * Whoever mails them has received everything for step n - 1, and a warp mails a pair of rows for step n - 1 after it has
 * read that pair in step n - 2; so every warp of every CTA has. A row that has ended is read for the last time in its last
 * step, and nobody writes to its place again.
 */
#pragma once
#include "exchange.cuh"

struct Mailboxes {
  Mailbox boxes[2];
};

template <int CTAS>
class Exchange {
  Mailbox *boxes;

 public:
  __device__ static int rank() { return cluster_rank(); }

  __device__ void open() {
    SHARED(Mailboxes, pair);
    boxes = pair.boxes;
    if (threadIdx.x < 2) mailbox_open(&boxes[threadIdx.x]);
    cluster_sync();
  }

  /* To be called once for each of the steps 1, 2, ... that gets any bytes, at the earliest in the step but one before. */
  __device__ void expect(int step, int bytes) {
    if (threadIdx.x == 0 && bytes > 0) mailbox_expect(&boxes[step & 1], bytes);
  }

  __device__ void await(int step) {
    if (step > 0) mailbox_wait(&boxes[step & 1], (step - 1) >> 1 & 1);
  }

  /* Of `copies` threads that hold the same x, number `copy` mails it to the CTAs of rank copy, copy + copies, ... */
  __device__ void send(float4 *target, int copy, int copies, float4 x, int step) {
    for (int rank = copy; rank < CTAS; rank += copies) mail(target, rank, x, &boxes[step & 1]);
  }

  __device__ void finish() {}
};
