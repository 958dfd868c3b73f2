package dev.mer4j.cuda;

/** The addresses of a batch's features in GPU memory. */
@FunctionalInterface
interface DeviceRows {
  /**
   * Returns the address of the first value of a row; its steps are contiguous.
   *
   * @param modality the index of the modality in the model
   * @param row a row of the batch that has the modality and at least one step
   */
  long address(int modality, int row);
}
