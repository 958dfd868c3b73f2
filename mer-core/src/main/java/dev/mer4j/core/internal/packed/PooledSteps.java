package dev.mer4j.core.internal.packed;

/** The hidden states of one modality's pass, as {@link PackedPooling} reads them. */
interface PooledSteps {
  PackedRows rows();

  /**
   * Copies the hidden states of both directions after each step of a row.
   *
   * @param row the packed row's index
   * @param hidden H
   * @param states [T, 2H]
   */
  void copyStates(int row, int hidden, float[][] states);

  /** Allocates the factors of the gradients of all steps. */
  void startFactors();

  /** Sets the two factors of the gradient of a packed step, see {@link PackedPooling#backward}. */
  void setFactors(int packed, float weight, float scoreGradient);
}
