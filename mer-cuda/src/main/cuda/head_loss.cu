/* The fusion head's logits, probabilities and loss: mer-core's Loss, and its gradient. */
#include "head.cuh"
#include "warp.cuh"

/* A row's cost and what its logit's gradient is. */
struct Cost {
  float value, slope;
};

/* log(1 + e^x), so that no x overflows. */
__device__ inline float softplus(float x) { return fmaxf(x, 0.f) + log1pf(expf(-fabsf(x))); }

/* w (1 - p)^focus (-log p) with p = sigmoid(t), and its derivative by t. */
__device__ inline Cost label_cost(float t, float weight, float focus) {
  const float cost = softplus(-t), missed = expf(-softplus(t)), focused = expf(-focus * softplus(t));
  return {weight * focused * cost, -weight * focused * (missed + focus * (1.f - missed) * cost)};
}

/* The same with log p given, and its derivative by log p. */
__device__ inline Cost class_cost(float log_probability, float weight, float focus) {
  const float p = expf(log_probability), missed = fmaxf(1.f - p, 0.f);
  const float focused = focus > 0.f ? powf(missed, focus) : 1.f;
  const float steeper = focus > 0.f ? focus * powf(missed, focus - 1.f) * p * log_probability : 0.f;
  return {-weight * focused * log_probability, weight * (steeper - focused)};
}

struct RowOfClasses {
  float logits[HEAD_CLASSES], slopes[HEAD_CLASSES];
};

/* CTA b has row b. */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_loss(__grid_constant__ const Head head) {
  SHARED(RowOfClasses, row);
  const int b = blockIdx.x, warp = threadIdx.x / 32, classes = head.classes;
  const float *hidden = head.hidden + static_cast<size_t>(b) * head.width;
  if (warp < classes) {
    const float sum = warp_dot(head.output_weight + warp * head.width, hidden, head.width);
    if (threadIdx.x % 32 == 0) row.logits[warp] = sum + head.output_bias[warp];
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    const float *targets = head.targets + b * classes;
    float most = row.logits[0], sum = 0.f, loss = 0.f;
    for (int c = 1; c < classes; c++) most = fmaxf(most, row.logits[c]);
    for (int c = 0; c < classes; c++) sum += expf(row.logits[c] - most);
    if (head.several) {
      const float share = 1.f / (static_cast<float>(head.batch) * classes);
      for (int c = 0; c < classes; c++) {
        const float side = targets[c] > 0.f ? 1.f : -1.f;
        const Cost cost = label_cost(side * row.logits[c], targets[c] > 0.f ? head.class_weights[c] : 1.f, head.focus);
        loss += share * cost.value;
        row.slopes[c] = share * side * cost.slope;
      }
    } else {
      const float share = 1.f / static_cast<float>(head.batch);
      float log_probability = 0.f, weight = 0.f;
      for (int c = 0; c < classes; c++) {
        if (targets[c] > 0.f) {
          log_probability = row.logits[c] - most - logf(sum);
          weight = head.class_weights[c];
        }
      }
      const Cost cost = class_cost(log_probability, weight, head.focus);
      loss = share * cost.value;
      for (int c = 0; c < classes; c++)
        row.slopes[c] = share * cost.slope * ((targets[c] > 0.f ? 1.f : 0.f) - expf(row.logits[c] - most) / sum);
    }
    head.losses[b] = loss;
    for (int c = 0; c < classes; c++) {
      const int at = b * classes + c;
      head.logits[at] = row.logits[c];
      head.probabilities[at] = head.several ? 1.f / (1.f + expf(-row.logits[c])) : expf(row.logits[c] - most) / sum;
      head.d_logits[at] = row.slopes[c];
    }
  }
  __syncthreads();
  for (int unit = threadIdx.x; unit < head.width; unit += HEAD_THREADS) {
    float sum = 0.f;
    for (int c = 0; c < classes; c++) sum = fmaf(row.slopes[c], head.output_weight[c * head.width + unit], sum);
    const int at = b * head.width + unit;
    const float kept = head.dropout != nullptr ? head.dropout[at] : 1.f;
    head.d_hidden[at] = hidden[unit] > 0.f ? sum * kept : 0.f;
  }
}
