/*
 * Adam with decoupled weight decay, the formula and the rounding of mer-train's AdamW: products are not fused into sums.
 * A gradient whose norm is not finite moves nothing.
 */
#include "device.cuh"

extern "C" __global__ void __launch_bounds__(256) mer_adamw(
    float *parameters, const float *gradient, float *mean, float *square, int n, const double *clipped, float decay,
    float step_size, float correction) {
  const int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= n || !isfinite(clipped[0])) return;
  const float g = gradient[i] * static_cast<float>(clipped[1]);
  const float m = __fadd_rn(__fmul_rn(.9f, mean[i]), __fmul_rn(static_cast<float>(1 - .9), g));
  const float v = __fadd_rn(__fmul_rn(.999f, square[i]), __fmul_rn(static_cast<float>(1 - .999), __fmul_rn(g, g)));
  mean[i] = m;
  square[i] = v;
  const float denominator = __fadd_rn(__fdiv_rn(__fsqrt_rn(v), correction), 1e-8f);
  parameters[i] = __fsub_rn(__fmul_rn(parameters[i], decay), __fmul_rn(step_size, __fdiv_rn(m, denominator)));
}
