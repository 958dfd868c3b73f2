/*
 * The fusion head: the forward pass of mer-core's FusionHead, and its gradient. The states of M modalities are scaled by the
 * attention weights, if there is attention, and concatenated. A linear layer of width W with ReLU and dropout and a second
 * linear layer to C logits follow. Only M has a maximum.
 */
#pragma once

constexpr int HEAD_THREADS = 256;
constexpr int MAX_MODALITIES = 8;

/*
 * The arguments of all kernels of the head. N is the width of a state, A that of attention. Tensors named d_ are the
 * gradients of the others.
 */
struct Head {
  const float *hidden_weight, *hidden_bias; /* [W, M N], [W] */
  const float *output_weight, *output_bias; /* [C, W], [C] */
  const float *key_weight[MAX_MODALITIES], *key_bias[MAX_MODALITIES]; /* [A, N], [A] */
  const float *score_weight;                /* [A] */
  float *d_hidden_weight, *d_hidden_bias, *d_output_weight, *d_output_bias;
  float *d_key_weight[MAX_MODALITIES], *d_key_bias[MAX_MODALITIES];
  float *d_score_weight;

  const float *states[MAX_MODALITIES]; /* [B, N] */
  float *d_states[MAX_MODALITIES];
  const float *presence;      /* [B, M], 1 or 0 */
  const float *dropout;       /* [B, W], the factors of the hidden layer; null without dropout */
  const float *targets;       /* [B, C], 1 or 0; in the single-label task exactly one 1 */
  const float *class_weights; /* [C] */

  float *keys;          /* [B, M, A], after tanh */
  float *weights;       /* [B, M], attention weights; the presence without attention */
  float *scores;        /* [B, M] */
  float *joined;        /* [B, M N] */
  float *hidden;        /* [B, W], after ReLU and dropout */
  float *logits;        /* [B, C] */
  float *probabilities; /* [B, C] */
  float *losses;        /* [B], the part of each row of the mean loss */
  float *d_keys;        /* before tanh */
  float *d_scores, *d_logits, *d_hidden, *d_joined;

  int batch, modalities, state, width;
  int attention;     /* A; 0 without attention */
  int multi_label;   /* 1 in the multi-label task, 0 in the single-label task */
  float focal_gamma; /* 0, or at least 1 */
  int classes;

  __device__ int joined_width() const { return modalities * state; }

  /* The factor of the attention weights: equal weights leave the states unchanged. */
  __device__ float attention_factor() const { return attention > 0 ? static_cast<float>(modalities) : 1.f; }
};
