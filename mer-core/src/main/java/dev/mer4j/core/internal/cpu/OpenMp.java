package dev.mer4j.core.internal.cpu;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the number of threads that OpenMP, as used by oneDNN and OpenBLAS, has in the calling
 * thread.
 *
 * <p>OpenMP keeps this setting per calling thread. Every JavaCPP jar contains a libgomp, and the
 * process uses the first one loaded, so the setting must reach the mapped copy. Otherwise two
 * workers run four threads on two cores (290 ms instead of 200 ms for a training step).
 */
final class OpenMp {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMp.class);
  private static final Path MAPS = Path.of("/proc/self/maps");

  private OpenMp() {}

  /**
   * Sets the number of threads; has no effect if no OpenMP library is mapped. Results do not depend
   * on it.
   */
  static void use(int threads) {
    try {
      Jna.prepare();
      mapped()
          .ifPresentOrElse(
              library ->
                  NativeLibrary.getInstance(library)
                      .getFunction("omp_set_num_threads")
                      .invokeVoid(new Object[] {threads}),
              () -> LOG.debug("no OpenMP library is mapped; its number of threads is unchanged"));
    } catch (IOException | LinkageError e) {
      // JNA may fail to unpack itself, as on a full disk; a worker that fails here would hang the
      // run.
      LOG.debug("OpenMP's number of threads is unchanged", e);
    }
  }

  private static Optional<String> mapped() throws IOException {
    if (!Files.isReadable(MAPS)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(MAPS)) {
      return lines
          .filter(line -> line.contains("libgomp") || line.contains("libiomp5"))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst();
    }
  }
}
