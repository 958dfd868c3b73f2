package dev.mer4j.core.internal.packed;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The kernels of {@code src/main/c}, which documents their arguments, for one instruction set of
 * the {@link KernelLibrary}.
 */
interface LstmKernels extends Library {
  /** Hidden sizes are padded to a multiple of this. */
  int HIDDEN_MULTIPLE = 64;

  /** Returns a hidden size as padded in native memory. */
  static int padded(int hidden) {
    return (hidden + HIDDEN_MULTIPLE - 1) / HIDDEN_MULTIPLE * HIDDEN_MULTIPLE;
  }

  /** The largest number of rows of one pass. */
  int MOST_ROWS = 256;

  /**
   * The number of packed rows whose gates inference buffers, and the most that one call of {@link
   * #mer_lstm_contribute} projects.
   */
  int CHUNK = 256;

  void mer_lstm_pack(
      int inputs,
      int hidden,
      int bf16,
      Pointer inputWeights,
      Pointer recurrentWeights,
      Pointer inputPanels,
      Pointer forwardPanels,
      Pointer backwardPanels);

  void mer_lstm_contribute(
      int first,
      int count,
      int total,
      int inputs,
      int hidden,
      int bf16,
      Pointer x,
      Pointer inputPanels,
      Pointer bias,
      Pointer scratch,
      Pointer gates);

  void mer_lstm_forward(
      int first,
      int end,
      int steps,
      int[] counts,
      int[] starts,
      int inputs,
      int hidden,
      int reverse,
      int bf16,
      Pointer x,
      @Nullable Pointer inputPanels,
      @Nullable Pointer projected,
      byte @Nullable [] erased,
      Pointer panels,
      Pointer bias,
      Pointer scratch,
      @Nullable Pointer gates,
      @Nullable Pointer before,
      @Nullable Pointer cells,
      Pointer last);

  void mer_lstm_backward(
      int first,
      int end,
      int steps,
      int[] counts,
      int[] starts,
      int hidden,
      int reverse,
      Pointer gates,
      Pointer panels,
      Pointer cells,
      Pointer state,
      @Nullable Pointer factors,
      @Nullable Pointer pooled,
      @Nullable Pointer vector,
      Pointer scratch);

  void mer_lstm_gradient(
      int total,
      int width,
      int columns,
      int hidden,
      Pointer x,
      Pointer gates,
      Pointer sums,
      Pointer gradient,
      @Nullable Pointer bias);
}
