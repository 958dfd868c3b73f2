package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFolderTest {
  @TempDir Path parent;
  private final SparkSession session = Sessions.local();

  private Dataset<Row> rows(int count) {
    return session.range(count).selectExpr("cast(id as string) as value").coalesce(1);
  }

  private List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFailedCompletionKeepsTheOldFolderAndLeavesNothing() throws IOException {
    Path folder = parent.resolve("out");
    new PartFolder(folder).writeText(rows(2), part -> {});
    List<String> old = names(folder);

    assertThatThrownBy(
            () ->
                new PartFolder(folder)
                    .writeText(
                        rows(3),
                        part -> {
                          throw new MerException("no segments");
                        }))
        .hasMessage("no segments");

    assertThat(names(folder)).isEqualTo(old);
    assertThat(names(parent)).containsExactly("out");
  }

  @Test
  void aLinkToAFolderIsFollowed() throws IOException {
    Path target = Files.createDirectories(parent.resolve("target"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), target);

    new PartFolder(link).writeParquet(rows(2), part -> {});

    assertThat(link).isSymbolicLink();
    assertThat(names(target)).contains(PartFolder.MANIFEST);
    assertThat(names(parent)).containsExactly("link", "target");
  }

  @Test
  void noRowsMakeAFolderWithoutRows() throws IOException {
    Path folder = parent.resolve("none");

    new PartFolder(folder).writeParquet(rows(2).filter("value = 'x'"), part -> {});
    new PartFolder(folder).writeParquet(rows(0), part -> {});

    assertThat(Files.readString(folder.resolve(PartFolder.MANIFEST))).contains("\"segments\":0");
  }

  @Test
  void aDamagedManifestIsAnError() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("damaged"));
    Files.writeString(folder.resolve(PartFolder.MANIFEST), "{");

    assertThatThrownBy(() -> new PartFolder(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot be checked");
  }
}
