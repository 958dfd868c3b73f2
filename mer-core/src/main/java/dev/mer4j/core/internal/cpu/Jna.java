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
 * Has JNA load its own native library from the {@link NativeCache}, where it would otherwise unpack
 * a temporary file in every process, which stays behind if that is killed. Call {@link #prepare}
 * before anything else of JNA.
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
   * Loads JNA, the first time. If the application has loaded it already, or has set where it is to
   * be loaded from, nothing is changed.
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
      // Set for no longer than JNA needs it: another copy of JNA may be of another version.
      System.setProperty(PATH, file.get().getParent().toString());
      try {
        Class.forName(Native.class.getName(), true, Native.class.getClassLoader());
      } finally {
        System.clearProperty(PATH);
      }
    }
  }
}
