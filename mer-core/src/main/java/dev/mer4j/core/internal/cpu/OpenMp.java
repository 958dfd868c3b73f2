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
 * Says how many threads OpenMP, which oneDNN and OpenBLAS use, has in the calling thread.
 *
 * <p>OpenMP counts its threads per calling thread, and every JavaCPP jar brings its own libgomp of
 * which the first one loaded wins: the setting has to reach the copy that is really mapped into the
 * process, without which two workers run four threads on two cores (290 ms instead of 200 for a
 * training step).
 */
final class OpenMp {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMp.class);
  private static final Path MAPS = Path.of("/proc/self/maps");

  private OpenMp() {}

  /**
   * Where no OpenMP library can be found the threads stay as they are; the results do not depend on
   * it.
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
              () -> LOG.debug("no OpenMP library is mapped: its threads are left as they are"));
    } catch (IOException | LinkageError e) {
      // Also where JNA cannot unpack itself, as on a full disk: a worker that dies here hangs the
      // run.
      LOG.debug("OpenMP's threads are left as they are", e);
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
