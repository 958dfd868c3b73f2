package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparationFaultsTest {
  @TempDir static Path data;
  private static CsdFolder files;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() {
    files = SmallFiles.write(data);
  }

  @Test
  void recordsUnusableEntriesOrFailsIfStrict() throws IOException {
    Path damaged = folder.resolve("damaged.csd");
    writeWithTwoWidths(damaged);
    CsdFolder data = new CsdFolder(files.labels(), PerModality.of(Modality.AUDIO, damaged));
    StoreInfo info = Preparation.builder(data).build().run(folder.resolve("x.store"));
    assertThat(info.faults()).hasSize(1);
    assertThat(info.faults().get(0).problem())
        .contains("has width 5, most other entries have width 4");
    assertThatThrownBy(
            () -> Preparation.builder(data).strict(true).build().run(folder.resolve("y.store")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("damaged.csd: entry '")
        .hasMessageContaining("has width 5");
    assertThat(folder.resolve("y.store")).doesNotExist();
  }

  private static void writeWithTwoWidths(Path file) {
    try (CsdFile labels = CsdFile.open(files.labels())) {
      List<String> videos = List.copyOf(labels.videos());
      CsdWriter.write(
          file,
          "COVAREP",
          Map.of(),
          writer -> {
            for (int v = 0; v < videos.size(); v++) {
              int width = v == 7 ? 5 : 4;
              writer.put(
                  new CsdEntry(
                      videos.get(v),
                      new double[] {0, 9},
                      new Rows.Floats(width, new float[width])));
            }
          });
    }
  }

  @Test
  void aFailedPreparationKeepsTheOldStore() throws IOException {
    Path file = folder.resolve("x.store");
    Files.writeString(file, "MER4JSTO, an old store");
    Preparation broken =
        Preparation.builder(files)
            .progress(
                (done, total) -> {
                  if (done == 5) {
                    throw new ConfigException("stop");
                  }
                })
            .build();
    assertThatThrownBy(() -> broken.run(file)).hasMessage("stop");
    assertThat(file).hasContent("MER4JSTO, an old store");
    assertThat(folder).isDirectoryContaining(file::equals);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void neverReplacesItsInputs() throws IOException {
    Preparation preparation = Preparation.builder(files).build();
    List<Path> inputs = new ArrayList<>(files.features().values());
    inputs.add(files.labels());
    for (Path input : inputs) {
      byte[] before = Files.readAllBytes(input);
      OutputFile store = OutputFile.of(input, SegmentStore.MARK).overwriting(true);
      assertThatThrownBy(() -> preparation.run(store))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("would replace the input");
      assertThat(input).hasBinaryContent(before);
    }
  }

  @Test
  void namesTheDamagedFile() throws IOException {
    Path truncated = folder.resolve("CMU_MOSEI_COVAREP.csd");
    byte[] whole = Files.readAllBytes(files.features().get(Modality.AUDIO));
    Files.write(truncated, Arrays.copyOf(whole, whole.length / 2));
    CsdFolder damaged = new CsdFolder(files.labels(), PerModality.of(Modality.AUDIO, truncated));
    assertThatThrownBy(() -> Preparation.builder(damaged).build().run(folder.resolve("x.store")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("CMU_MOSEI_COVAREP.csd: truncated");
    assertThat(folder.resolve("x.store")).doesNotExist();
  }

  @Test
  void closesAllFilesAlsoIfSomeCannotBeClosed() {
    AtomicInteger open = new AtomicInteger();
    FeatureSource source =
        proxy(
            FeatureSource.class,
            new CsdSource(files),
            (method, result) ->
                result instanceof SourceReader reader ? counted(reader, open, true) : result);
    Preparation preparation = Preparation.builder(source).threads(3).build();

    assertThatThrownBy(() -> preparation.run(folder.resolve("x.store")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot be closed");
    assertThat(open).hasValue(0);
  }

  /** Returns a reader that counts itself while it is open; reopened ones fail when closed. */
  private static SourceReader counted(SourceReader reader, AtomicInteger open, boolean closes) {
    open.incrementAndGet();
    return proxy(
        SourceReader.class,
        reader,
        (method, result) -> {
          if (method.equals("close")) {
            open.decrementAndGet();
            if (!closes) {
              throw new FileException(files.labels(), "cannot be closed");
            }
          }
          return result instanceof SourceReader other ? counted(other, open, false) : result;
        });
  }

  private static <T> T proxy(
      Class<T> type, T target, BiFunction<String, @Nullable Object, @Nullable Object> results) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                results.apply(method.getName(), method.invoke(target, arguments))));
  }
}
