/* The functions of an LSTM's gates. */
#pragma once

__device__ inline float sigmoid(float x) { return __fdividef(1.f, 1.f + __expf(-x)); }

/* tanh x = 2 sigmoid(2x) - 1. */
__device__ inline float tangent(float x) { return 2.f * sigmoid(2.f * x) - 1.f; }

/* The sigmoid, and for gate 2 (g) the hyperbolic tangent, by the same instructions for all lanes. */
__device__ inline float activate(float x, int gate) {
  float scale = gate == 2 ? 2.f : 1.f;
  return scale * sigmoid(scale * x) - (scale - 1.f);
}

/* What a cell's gradient becomes: the gates' own gradients, and the cell's a step earlier. */
struct CellGradient {
  float4 gates;
  float cell;
};

__device__ inline CellGradient differentiate(float4 gate, float cell, float earlier, float output, float carried) {
  float t = tangent(cell);
  float c = carried + output * gate.w * (1.f - t * t);
  CellGradient d;
  d.gates.x = c * gate.z * gate.x * (1.f - gate.x);
  d.gates.y = c * earlier * gate.y * (1.f - gate.y);
  d.gates.z = c * gate.x * (1.f - gate.z * gate.z);
  d.gates.w = output * t * gate.w * (1.f - gate.w);
  d.cell = c * gate.y;
  return d;
}
