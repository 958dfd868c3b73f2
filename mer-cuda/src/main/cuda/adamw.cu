/*
 * AdamW with the formula and the rounding of mer-core's AdamW: products and sums are not fused. results are those of
 * mer_clip: if the norm or the loss is not finite, no value changes.
 */
#include "device.cuh"

extern "C" __global__ void __launch_bounds__(256) mer_adamw(
    float *parameters, const float *gradient, float *mean, float *square, int n, const double *results, float decay,
    float step_size, float correction) {
  const int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= n || !isfinite(results[0]) || !isfinite(results[2])) return;
  const float g = gradient[i] * static_cast<float>(results[1]);
  const float m = __fadd_rn(__fmul_rn(.9f, mean[i]), __fmul_rn(static_cast<float>(1 - .9), g));
  const float v = __fadd_rn(__fmul_rn(.999f, square[i]), __fmul_rn(static_cast<float>(1 - .999), __fmul_rn(g, g)));
  mean[i] = m;
  square[i] = v;
  const float denominator = __fadd_rn(__fdiv_rn(__fsqrt_rn(v), correction), 1e-8f);
  parameters[i] = __fsub_rn(__fmul_rn(parameters[i], decay), __fmul_rn(step_size, __fdiv_rn(m, denominator)));
}
