package dev.mer4j.cuda;

/** Where in the GPU's memory the features of a batch's rows lie. */
@FunctionalInterface
interface DeviceRows {
  /**
   * The address of the first value of a row, whose steps follow each other.
   *
   * @param modality its number among the model's
   * @param row of the batch, one that has the modality and at least one step
   */
  long address(int modality, int row);
}
