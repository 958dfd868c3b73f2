package dev.mer4j.onednn;

/**
 * The shape of a plan.
 *
 * @param steps T
 * @param rows B
 * @param inputs D
 * @param hidden H
 * @param training whether a backward pass follows the forward one
 */
record LstmShape(int steps, int rows, int inputs, int hidden, boolean training) {
  long inputSize() {
    return (long) steps * rows * inputs;
  }

  long outputSize() {
    return (long) steps * rows * hidden;
  }
}
