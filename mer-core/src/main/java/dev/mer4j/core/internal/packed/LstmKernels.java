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

/** The functions of {@code src/main/c}, where their arguments are described. */
interface LstmKernels extends Library {
  /** Hidden sizes are padded to a multiple of this. */
  int HIDDEN_MULTIPLE = 64;

  /** The most rows of one pass. */
  int MOST_ROWS = 256;

  /** Packed rows whose gates an inference keeps, and the most of one contribution. */
  int CHUNK = 256;

  /** Whether this processor multiplies bfloat16. */
  int mer_lstm_has_halves();

  void mer_lstm_pack(
      int inputs,
      int hidden,
      int halves,
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
      int halves,
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
      int halves,
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
   * @throws IOException if the class path has none
   * @throws UnsatisfiedLinkError if it does not load
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
