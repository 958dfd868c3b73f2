/* The Euclidean norm of the gradient in double precision, and the clipping factor. The order of sums is fixed. */
#include "warp.cuh"

constexpr int NORM_BLOCKS = 128, NORM_THREADS = 256;

struct WarpSums {
  double warps[NORM_THREADS / 32];
};

/* partials [128]: block i adds the squares of the chunks i, i + 128, ... of 256 values. */
extern "C" __global__ void __launch_bounds__(NORM_THREADS) mer_square_sums(const float *gradient, int n, double *partials) {
  SHARED(WarpSums, sums);
  double sum = 0;
  for (long long i = blockIdx.x * NORM_THREADS + threadIdx.x; i < n; i += NORM_BLOCKS * NORM_THREADS)
    sum += static_cast<double>(gradient[i]) * gradient[i];
  sum = warp_sum(sum);
  if (threadIdx.x % 32 == 0) sums.warps[threadIdx.x / 32] = sum;
  __syncthreads();
  if (threadIdx.x == 0) {
    double total = 0;
    for (int warp = 0; warp < NORM_THREADS / 32; warp++) total += sums.warps[warp];
    partials[blockIdx.x] = total;
  }
}

/* results = {norm, min(1, max_norm / (norm + 1e-6)), loss}, as PyTorch's clip_grad_norm_. The loss is the sum of the rows'. */
extern "C" __global__ void __launch_bounds__(32) mer_clip(
    const double *partials, double max_norm, const float *losses, int batch, double *results) {
  double sum = 0, loss = 0;
  for (int i = threadIdx.x; i < NORM_BLOCKS; i += 32) sum += partials[i];
  for (int i = threadIdx.x; i < batch; i += 32) loss += losses[i];
  sum = warp_sum(sum);
  loss = warp_sum(loss);
  if (threadIdx.x == 0) {
    const double norm = sqrt(sum);
    results[0] = norm;
    results[1] = fmin(1., max_norm / (norm + 1e-6));
    results[2] = loss;
  }
}
