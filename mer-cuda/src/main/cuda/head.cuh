/*
 * The fusion head: mer-core's HeadGraph, and its gradient. States of M modalities are joined, scaled by attention if there
 * is any, and go through a linear layer of width W, ReLU, dropout and a second linear layer to C logits.
 */
#pragma once

constexpr int HEAD_THREADS = 256;
constexpr int HEAD_MODALITIES = 8, HEAD_CLASSES = 7; /* the most there are */

/* N is the width of a state, A that of attention. Tensors named d_ are gradients of the others. */
struct Head {
  const float *hidden_weight, *hidden_bias; /* [W, M N], [W] */
  const float *output_weight, *output_bias; /* [C, W], [C] */
  const float *key_weight[HEAD_MODALITIES], *key_bias[HEAD_MODALITIES]; /* [A, N], [A] */
  const float *score;                       /* [A] */
  float *d_hidden_weight, *d_hidden_bias, *d_output_weight, *d_output_bias;
  float *d_key_weight[HEAD_MODALITIES], *d_key_bias[HEAD_MODALITIES];
  float *d_score;

  const float *states[HEAD_MODALITIES]; /* [B, N] */
  float *d_states[HEAD_MODALITIES];
  const float *presence;      /* [B, M], 1 or 0 */
  const float *dropout;       /* [B, W], what the hidden layer is multiplied by; null for 1 */
  const float *targets;       /* [B, C], 1 or 0; in the task with one label a single 1 */
  const float *class_weights; /* [C] */

  float *keys;          /* [B, M, A], after tanh */
  float *weights;       /* [B, M], attention's, or the presence */
  float *scores;        /* [B, M] */
  float *joined;        /* [B, M N] */
  float *hidden;        /* [B, W], after ReLU and dropout */
  float *logits;        /* [B, C] */
  float *probabilities; /* [B, C] */
  float *losses;        /* [B], each row's share of the mean */
  float *d_keys;        /* before tanh */
  float *d_scores, *d_logits, *d_hidden, *d_joined;

  int batch, modalities, state, width, attention /* A, or 0 without */, several /* labels: 1, or 0 for one label */;
  float focus; /* 0, or at least 1 */
  int classes;

  __device__ int joined_width() const { return modalities * state; }

  /* What attention's weights are multiplied by, so that equal ones change nothing. */
  __device__ float factor() const { return attention > 0 ? static_cast<float>(modalities) : 1.f; }
};
