package dev.mer4j.core.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  private static final String NAME = "libtest.so";

  @TempDir Path folder;

  @Test
  void libraryIsUnpackedOncePerContent() throws IOException {
    NativeCache cache = new NativeCache(folder.resolve("cache"), false);
    Path first = cache.file(NAME, jar("one")).orElseThrow();
    Object written = Files.getLastModifiedTime(first);
    assertThat(Files.readString(first)).isEqualTo("one");
    assertThat(first).hasFileName(NAME);
    assertThat(cache.file(NAME, jar("one"))).contains(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    Path second = cache.file(NAME, jar("two")).orElseThrow();
    assertThat(Files.readString(first)).isEqualTo("one");
    assertThat(Files.readString(second)).isEqualTo("two");
    assertThat(files(folder.resolve("cache"))).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void changedFileIsReplaced() throws IOException {
    NativeCache cache = new NativeCache(folder.resolve("cache"), false);
    Path file = cache.file(NAME, jar("one")).orElseThrow();
    Files.writeString(file, "bad");
    assertThat(cache.file(NAME, jar("one"))).contains(file);
    assertThat(Files.readString(file)).isEqualTo("one");
  }

  @Test
  void concurrentUnpackingWritesOneCompleteFile() throws Exception {
    URL jar = jar("x".repeat(100_000));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Path>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      NativeCache cache = new NativeCache(folder.resolve("cache"), false);
      calls.add(() -> cache.file(NAME, jar).orElseThrow());
    }
    for (Future<Path> file : threads.invokeAll(calls)) {
      assertThat(file.get()).hasSize(100_000);
    }
    threads.shutdown();
    assertThat(files(folder.resolve("cache"))).hasSize(1);
  }

  @Test
  void unwritableFolderReturnsEmpty() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThat(new NativeCache(file, false).file(NAME, jar("one"))).isEmpty();
  }

  @Test
  void givenFolderMayContainTheLibrary() throws IOException {
    Path own = Files.writeString(folder.resolve(NAME), "own");
    assertThat(new NativeCache(folder, true).file(NAME, jar("one"))).contains(own);
    assertThat(new NativeCache(folder, true).file(NAME, null)).contains(own);
    assertThat(new NativeCache(folder, false).file(NAME, jar("one")))
        .hasValueSatisfying(file -> assertThat(file).hasContent("one"));
    assertThatThrownBy(() -> new NativeCache(folder, false).file(NAME, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(NAME);
  }

  @Test
  void environmentVariableSetsTheFolder() throws IOException {
    Path given = folder.resolve("given");
    NativeCache cache = NativeCache.of(Map.of(NativeCache.VARIABLE, given.toString()), "/none");
    assertThat(cache.file(NAME, jar("one")).orElseThrow()).startsWith(given);
  }

  @Test
  void defaultsToTheUsersCache() throws IOException {
    NativeCache cache =
        NativeCache.of(
            Map.of("XDG_CACHE_HOME", folder.toString(), "LOCALAPPDATA", folder.toString()),
            folder.toString());
    assertThat(cache.file(NAME, jar("one")).orElseThrow()).startsWith(folder);
  }

  /** Returns the URL of a file with this content in a jar. */
  private URL jar(String content) throws IOException {
    Path jar = folder.resolve(content.length() + content.substring(0, 1) + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("linux/" + NAME));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return URI.create("jar:" + jar.toUri() + "!/linux/" + NAME).toURL();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
