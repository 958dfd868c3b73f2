package dev.mer4j.core.encoder.packed;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The functions of {@code src/main/c}, where their arguments are described. */
interface LstmKernels extends Library {
  /** Hidden sizes are padded to a multiple of this. */
  int HIDDEN_MULTIPLE = 64;

  void mer_lstm_pack(int hidden, Pointer weights, Pointer forward, Pointer backward);

  void mer_lstm_forward(
      int steps,
      int[] counts,
      int[] starts,
      int hidden,
      int reverse,
      Pointer gates,
      Pointer panels,
      Pointer bias,
      Pointer state,
      Pointer cell,
      @Nullable Pointer before,
      @Nullable Pointer cells,
      Pointer last);

  void mer_lstm_backward(
      int steps,
      int[] counts,
      int[] starts,
      int hidden,
      int reverse,
      Pointer gates,
      Pointer panels,
      Pointer cells,
      Pointer state,
      Pointer cell,
      Pointer bias);

  /**
   * Loads the library for this platform.
   *
   * @throws IOException if the class path has none
   * @throws UnsatisfiedLinkError if it does not load
   */
  static LstmKernels load() throws IOException {
    String resource =
        "/dev/mer4j/core/encoder/packed/%s/%s"
            .formatted(Platform.RESOURCE_PREFIX, System.mapLibraryName("mer4j-lstm"));
    String path =
        Native.extractFromResourcePath(resource, LstmKernels.class.getClassLoader())
            .getAbsolutePath();
    return Native.load(path, LstmKernels.class);
  }
}
