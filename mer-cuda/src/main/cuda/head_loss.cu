/* The fusion head's logits, probabilities and loss, as in mer-core's LossFunction, and the loss's gradient. */
#include "head.cuh"
#include "warp.cuh"

/* A loss, not yet divided by the number of terms of the mean, and its derivative. */
struct Loss {
  float value, gradient;
};

/* log(1 + e^x) without overflow. */
__device__ inline float softplus(float x) { return fmaxf(x, 0.f) + log1pf(expf(-fabsf(x))); }

/* w (1 - p)^gamma (-log p) with p = sigmoid(t), and its derivative with respect to t. */
__device__ inline Loss label_loss(float t, float weight, float gamma) {
  const float cross_entropy = softplus(-t), complement = expf(-softplus(t)), focal = expf(-gamma * softplus(t));
  return {weight * focal * cross_entropy, -weight * focal * (complement + gamma * (1.f - complement) * cross_entropy)};
}

/* w (1 - p)^gamma (-log p), and its derivative with respect to log p. */
__device__ inline Loss class_loss(float log_probability, float weight, float gamma) {
  const float p = expf(log_probability), complement = fmaxf(1.f - p, 0.f);
  const float focal = gamma > 0.f ? powf(complement, gamma) : 1.f;
  const float focal_gradient = gamma > 0.f ? gamma * powf(complement, gamma - 1.f) * p * log_probability : 0.f;
  return {-weight * focal * log_probability, weight * (focal_gradient - focal)};
}

/* One row [C] in shared memory. */
struct LossRow {
  float *logits, *gradients;
  float *terms; /* to be added in ascending order: the exponentials of the softmax, or the losses of the labels */
};

/* Row b of the multi-label task. To be called by all threads of the CTA. */
__device__ inline void multi_label_loss(const Head &head, LossRow row, int b) {
  const int classes = head.classes;
  const float *targets = head.targets + b * classes;
  const float share = 1.f / (static_cast<float>(head.batch) * classes);
  for (int c = threadIdx.x; c < classes; c += HEAD_THREADS) {
    const float sign = targets[c] > 0.f ? 1.f : -1.f;
    const Loss loss = label_loss(sign * row.logits[c], targets[c] > 0.f ? head.class_weights[c] : 1.f, head.focal_gamma);
    row.terms[c] = loss.value;
    row.gradients[c] = share * sign * loss.gradient;
    head.probabilities[b * classes + c] = 1.f / (1.f + expf(-row.logits[c]));
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    float loss = 0.f;
    for (int c = 0; c < classes; c++) loss += share * row.terms[c];
    head.losses[b] = loss;
  }
}

/* Row b of the single-label task. To be called by all threads of the CTA. */
__device__ inline void single_label_loss(const Head &head, LossRow row, int b) {
  const int classes = head.classes;
  const float *targets = head.targets + b * classes;
  float largest = row.logits[0];
  for (int c = 1; c < classes; c++) largest = fmaxf(largest, row.logits[c]);
  for (int c = threadIdx.x; c < classes; c += HEAD_THREADS) row.terms[c] = expf(row.logits[c] - largest);
  __syncthreads();
  float sum = 0.f, log_probability = 0.f, weight = 0.f;
  for (int c = 0; c < classes; c++) sum += row.terms[c];
  for (int c = 0; c < classes; c++) {
    if (targets[c] > 0.f) {
      log_probability = row.logits[c] - largest - logf(sum);
      weight = head.class_weights[c];
    }
  }
  const float share = 1.f / static_cast<float>(head.batch);
  const Loss loss = class_loss(log_probability, weight, head.focal_gamma);
  for (int c = threadIdx.x; c < classes; c += HEAD_THREADS) {
    const float probability = row.terms[c] / sum;
    row.gradients[c] = share * loss.gradient * ((targets[c] > 0.f ? 1.f : 0.f) - probability);
    head.probabilities[b * classes + c] = probability;
  }
  if (threadIdx.x == 0) head.losses[b] = share * loss.value;
}

/* CTA b processes row b. The dynamic shared memory is [3, C]. */
extern "C" __global__ void __launch_bounds__(HEAD_THREADS) mer_head_loss(__grid_constant__ const Head head) {
  const int b = blockIdx.x, warp = threadIdx.x / 32, classes = head.classes;
  float *memory = reinterpret_cast<float *>(dynamic_shared());
  const LossRow row = {memory, memory + classes, memory + 2 * classes};
  const float *hidden = head.hidden + static_cast<size_t>(b) * head.width;
  for (int c = warp; c < classes; c += HEAD_THREADS / 32) {
    const float sum = warp_dot(head.output_weight + c * head.width, hidden, head.width);
    if (threadIdx.x % 32 == 0) row.logits[c] = sum + head.output_bias[c];
  }
  __syncthreads();
  if (head.multi_label) {
    multi_label_loss(head, row, b);
  } else {
    single_label_loss(head, row, b);
  }
  __syncthreads();
  for (int c = threadIdx.x; c < classes; c += HEAD_THREADS) {
    head.logits[b * classes + c] = row.logits[c];
    head.d_logits[b * classes + c] = row.gradients[c];
  }
  for (int unit = threadIdx.x; unit < head.width; unit += HEAD_THREADS) {
    float sum = 0.f;
    for (int c = 0; c < classes; c++) sum = fmaf(row.gradients[c], head.output_weight[c * head.width + unit], sum);
    const int at = b * head.width + unit;
    const float factor = head.dropout != nullptr ? head.dropout[at] : 1.f;
    head.d_hidden[at] = hidden[unit] > 0.f ? sum * factor : 0.f;
  }
}
