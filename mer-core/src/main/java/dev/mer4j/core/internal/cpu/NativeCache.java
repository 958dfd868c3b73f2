package dev.mer4j.core.internal.cpu;

import com.sun.jna.Platform;
import dev.mer4j.FileException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Sha256;
import dev.mer4j.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder to which native libraries in jars are unpacked, once per version: a subfolder is named
 * by the SHA-256 of its file. A file that differs from the jar's is replaced. Several processes may
 * unpack at the same time, because files are written atomically.
 *
 * <p>The environment variable {@value #VARIABLE} replaces the user's cache folder. A library
 * directly in that folder is loaded instead of the jar's.
 */
public final class NativeCache {
  /** The environment variable that names the folder. */
  public static final String VARIABLE = "MER4J_NATIVE_PATH";

  private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);
  private static final Set<Path> REPORTED = ConcurrentHashMap.newKeySet();
  private static final int DIGITS = 16;

  private final Path folder;
  private final boolean given;

  /**
   * Creates a cache; {@code given} if the folder may hold libraries that replace those of the jars.
   */
  NativeCache(Path folder, boolean given) {
    this.folder = folder.toAbsolutePath();
    this.given = given;
  }

  /** Returns the cache of this process. */
  public static NativeCache ofUser() {
    return of(System.getenv(), System.getProperty("user.home", ""));
  }

  static NativeCache of(Map<String, String> environment, String home) {
    String path = environment.getOrDefault(VARIABLE, "");
    if (!path.isEmpty()) {
      return new NativeCache(Path.of(path), true);
    }
    Path caches = Path.of(home, ".cache");
    if (Platform.isMac()) {
      caches = Path.of(home, "Library", "Caches");
    } else if (Platform.isWindows()) {
      caches = Path.of(environment.getOrDefault("LOCALAPPDATA", home));
    } else if (environment.getOrDefault("XDG_CACHE_HOME", "").startsWith("/")) {
      caches = Path.of(environment.get("XDG_CACHE_HOME"));
    }
    return new NativeCache(caches.resolve("mer4j").resolve("native"), false);
  }

  /**
   * Returns the file of a library.
   *
   * @param name the library's file name
   * @param resource the library in a jar; null if no jar has it for this platform
   * @return the file; empty if the folder cannot be written, which is logged
   * @throws IOException if the resource is null or cannot be read
   */
  public Optional<Path> file(String name, @Nullable URL resource) throws IOException {
    Path override = folder.resolve(name);
    if (given && Files.isRegularFile(override)) {
      return Optional.of(override);
    }
    if (resource == null) {
      throw new IOException("no jar on the class path contains " + name + " for this platform");
    }
    if (resource.getProtocol().equals("file")) {
      return Optional.of(fileOf(resource));
    }
    byte[] content;
    try (InputStream in = resource.openStream()) {
      content = in.readAllBytes();
    }
    Path target = folder.resolve(version(content)).resolve(name);
    try {
      if (!contains(target, content)) {
        OutputFile.of(target, FileMark.bytesAt(0, content)).overwriting(true).write(content);
      }
      return Optional.of(target);
    } catch (IOException | FileException e) {
      if (REPORTED.add(target)) {
        LOG.warn(
            "{} is unpacked to a temporary file, which remains if this process is killed,"
                + " because the cache cannot be used: {}; set {} to a writable folder",
            name,
            e.getMessage(),
            VARIABLE);
      }
      return Optional.empty();
    }
  }

  private static boolean contains(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file) && Arrays.equals(WholeFile.bytes(file), content);
  }

  private static Path fileOf(URL resource) throws IOException {
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static String version(byte[] content) {
    return Sha256.of(content).substring(0, DIGITS);
  }
}
