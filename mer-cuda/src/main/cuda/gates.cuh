/* The activation functions of an LSTM and their derivatives. */
#pragma once

__device__ inline float sigmoid(float x) { return __fdividef(1.f, 1.f + __expf(-x)); }

/* tanh x = 2 sigmoid(2x) - 1. */
__device__ inline float hyperbolic_tangent(float x) { return 2.f * sigmoid(2.f * x) - 1.f; }

/* The sigmoid; for gate 2 (g) the hyperbolic tangent, by the same instructions, so that lanes do not diverge. */
__device__ inline float activate(float x, int gate) {
  float scale = gate == 2 ? 2.f : 1.f;
  return scale * sigmoid(scale * x) - (scale - 1.f);
}

/* The gradients of the gates before their activation, and of the previous cell. */
struct CellGradient {
  float4 gates;
  float previous_cell;
};

/* d_output is the gradient of the cell's output, d_next that of the cell from the next step. */
__device__ inline CellGradient differentiate(
    float4 gate, float cell, float previous_cell, float d_output, float d_next) {
  float t = hyperbolic_tangent(cell);
  float c = d_next + d_output * gate.w * (1.f - t * t);
  CellGradient d;
  d.gates.x = c * gate.z * gate.x * (1.f - gate.x);
  d.gates.y = c * previous_cell * gate.y * (1.f - gate.y);
  d.gates.z = c * gate.x * (1.f - gate.z * gate.z);
  d.gates.w = d_output * t * gate.w * (1.f - gate.w);
  d.previous_cell = c * gate.y;
  return d;
}
