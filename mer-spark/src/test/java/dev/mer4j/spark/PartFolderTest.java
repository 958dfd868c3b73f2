package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFolderTest {
  private static final CountDownLatch BOTH_RUN = new CountDownLatch(1);
  private static final CompletableFuture<Boolean> OTHER_ENDED = new CompletableFuture<>();

  @TempDir Path parent;
  private final SparkSession session = Sessions.local();

  private Dataset<Row> rows(int count) {
    return session.range(count).selectExpr("cast(id as string) as value").coalesce(1);
  }

  private static PartFolder predictions(Path folder) {
    return new PartFolder(folder, PartFolder.Content.PREDICTIONS);
  }

  private List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFailedCompletionKeepsTheOldFolderAndLeavesNothing() throws IOException {
    Path folder = parent.resolve("out");
    predictions(folder).writeText(rows(2), part -> {});
    List<String> old = names(folder);

    assertThatThrownBy(
            () ->
                predictions(folder)
                    .writeText(
                        rows(3),
                        part -> {
                          throw new MerException("no segments");
                        }))
        .hasMessage("no segments");

    assertThat(names(folder)).isEqualTo(old);
    assertThat(names(parent)).containsExactly("out");
  }

  /** The other task creates its file when the folder was deleted, or would have been. */
  @Test
  void nothingIsLeftByATaskThatStillRunsWhenAnotherFails() throws IOException {
    Path folder = parent.resolve("out");
    String part = parent.toString();
    Dataset<Row> failing =
        session
            .range(0, 2, 1, 2)
            .map(
                (MapFunction<Long, String>)
                    row -> {
                      if (row == 0) {
                        BOTH_RUN.await();
                        throw new MerException("damaged");
                      }
                      BOTH_RUN.countDown();
                      awaitDeletion(Path.of(part));
                      return "row";
                    },
                Encoders.STRING())
            .toDF();

    assertThatThrownBy(() -> predictions(folder).writeText(failing, written -> {}))
        .hasStackTraceContaining("damaged");

    OTHER_ENDED.join();
    assertThat(names(parent)).isEmpty();
  }

  private static void awaitDeletion(Path parent) throws IOException {
    TaskCompletionListener ending = task -> OTHER_ENDED.complete(true);
    TaskContext.get().addTaskCompletionListener(ending);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    while (System.nanoTime() < end && parent.toFile().list().length > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aLinkToAFolderIsFollowed() throws IOException {
    Path target = Files.createDirectories(parent.resolve("target"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), target);

    predictions(link).writeParquet(rows(2), part -> {});

    assertThat(link).isSymbolicLink();
    assertThat(names(target)).contains(PartFolder.MANIFEST);
    assertThat(names(parent)).containsExactly("link", "target");
  }

  @Test
  void noRowsMakeAFolderWithoutRows() throws IOException {
    Path folder = parent.resolve("none");

    predictions(folder).writeParquet(rows(2).filter("value = 'x'"), part -> {});
    predictions(folder).writeParquet(rows(0), part -> {});

    assertThat(Files.readString(folder.resolve(PartFolder.MANIFEST))).contains("\"segments\":0");
  }

  @Test
  void aDamagedManifestIsAnError() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("damaged"));
    Files.writeString(folder.resolve(PartFolder.MANIFEST), "{");

    assertThatThrownBy(() -> predictions(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot be checked");
  }

  @Test
  void preparedSegmentsAndPredictionsDoNotReplaceEachOther() throws IOException {
    Path prepared = parent.resolve("prepared");
    Path scored = parent.resolve("scored");
    new PartFolder(prepared, PartFolder.Content.SEGMENTS)
        .writeParquet(rows(2), part -> Files.writeString(part.resolve(SparkCluster.INFO), "{}"));
    predictions(scored).writeParquet(rows(2), part -> {});
    List<String> files = names(prepared);

    assertThatThrownBy(() -> predictions(prepared))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "prepared: contains segments, which predictions do not replace; delete it");
    assertThatThrownBy(() -> new PartFolder(scored, PartFolder.Content.SEGMENTS))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("contains predictions, which segments do not replace");
    assertThat(names(prepared)).isEqualTo(files);
  }

  @Test
  void aLinkToNothingIsRefusedBeforeTheJob() throws IOException {
    Path link = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("none"));

    assertThatThrownBy(() -> predictions(link))
        .isInstanceOf(FileException.class)
        .hasMessage(link + ": is a link to a folder that does not exist; create it");
  }

  @Test
  void theOldFolderIsMovedBackIfTheNewOneCannotBeMoved() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("out"));
    Files.writeString(folder.resolve("old.txt"), "old");

    assertThatThrownBy(
            () -> FolderSwap.replace(folder, parent.resolve("missing"), parent.resolve("replaced")))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(names(parent)).containsExactly("out");
    assertThat(folder.resolve("old.txt")).hasContent("old");
  }
}
