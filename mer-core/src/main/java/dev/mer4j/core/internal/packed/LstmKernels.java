package dev.mer4j.core.internal.packed;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.mer4j.core.internal.cpu.Jna;
import dev.mer4j.core.internal.cpu.NativeCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The native functions of {@code src/main/c}, which documents their arguments. */
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

  /** Returns 1 if this processor multiplies bfloat16, else 0. */
  int mer_lstm_has_bf16();

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
      Pointer gradient);

  void mer_lstm_bias(int total, int hidden, Pointer gates, Pointer bias);

  /**
   * Loads the library for this platform.
   *
   * @throws IOException if the class path does not contain it
   * @throws UnsatisfiedLinkError if it cannot be loaded
   */
  static LstmKernels load() throws IOException {
    Jna.prepare();
    String library = System.mapLibraryName("mer4j-lstm");
    String resource = Platform.RESOURCE_PREFIX + "/" + library;
    Optional<Path> file =
        NativeCache.ofUser().file(library, LstmKernels.class.getResource(resource));
    return Native.load(
        file.isPresent() ? file.get().toString() : temporaryFile(resource), LstmKernels.class);
  }

  private static String temporaryFile(String resource) throws IOException {
    return Native.extractFromResourcePath(
            "/dev/mer4j/core/internal/packed/" + resource, LstmKernels.class.getClassLoader())
        .getAbsolutePath();
  }
}
