package dev.mer4j.core.internal.cpu;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads JNA's native library from the {@link NativeCache}. By default, JNA unpacks a temporary file
 * in every process, which remains if the process is killed. Call {@link #prepare} before using JNA.
 */
public final class Jna {
  private static final Logger LOG = LoggerFactory.getLogger(Jna.class);
  private static final String PATH = "jna.boot.library.path";

  static {
    try {
      load();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      LOG.debug("JNA unpacks its native library by itself", e);
    }
  }

  private Jna() {}

  /**
   * Loads JNA on the first call. Has no effect if the application has loaded JNA or set its library
   * path.
   *
   * @throws LinkageError if it cannot be loaded
   */
  public static void prepare() {
    // The work is done when this class is initialized.
  }

  private static void load() throws IOException, ClassNotFoundException {
    String library = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
    URL resource =
        Platform.class.getResource("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + library);
    if (System.getProperty(PATH) != null) {
      return;
    }
    Optional<Path> file = NativeCache.ofUser().file(library, resource);
    if (file.isPresent()) {
      // Cleared again at once: another copy of JNA may have another version.
      System.setProperty(PATH, file.get().getParent().toString());
      try {
        Class.forName(Native.class.getName(), true, Native.class.getClassLoader());
      } finally {
        System.clearProperty(PATH);
      }
    }
  }
}
