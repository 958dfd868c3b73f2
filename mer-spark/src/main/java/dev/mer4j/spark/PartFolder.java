package dev.mer4j.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * An output folder with a file per task. It appears as a whole, and replaces only an earlier one of
 * the same content: {@value #MANIFEST} lists the files with their sizes.
 */
final class PartFolder {
  static final String MANIFEST = "_mer4j.json";

  private static final String SUCCESS = "_SUCCESS";
  private static final String CHECKSUM = ".crc";
  private static final String COUNT = "segments";

  /**
   * Options of Parquet. A row group is small, because tasks keep it in memory, and its size is
   * checked every few rows, because theirs differ; compression and dictionaries cost copies, and do
   * not make features smaller.
   */
  private static final Map<String, String> SEGMENTS =
      Map.of(
          "compression", "uncompressed",
          "parquet.enable.dictionary", "false",
          "parquet.block.size", String.valueOf(16 << 20),
          "parquet.page.size.row.check.min", "1",
          "parquet.page.size.row.check.max", "4");

  private final Path folder;
  private final Content content;

  /** What the rows of a folder are. */
  enum Content {
    SEGMENTS,
    PREDICTIONS;

    private static Content of(JsonNode files) {
      return files.has(SparkCluster.INFO) ? SEGMENTS : PREDICTIONS;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks that the folder may be written. A symbolic link to a folder is followed.
   *
   * @throws FileException if it is a file or a link to nothing, has files that this program did not
   *     write, or has other content
   */
  PartFolder(Path folder, Content content) {
    this.folder = real(folder.toAbsolutePath().normalize());
    this.content = content;
    requireReplaceable();
  }

  private static Path real(Path folder) {
    try {
      return Files.exists(folder) ? folder.toRealPath() : folder;
    } catch (IOException e) {
      throw new FileException(folder, "cannot be resolved: " + IoReason.of(e), e);
    }
  }

  /** Completes a folder after all of its rows are written and before it appears. */
  @FunctionalInterface
  interface Completion {
    /** Checks the result, and may write more files into the folder. */
    void complete(Path part) throws IOException;
  }

  /** Writes a column of text. */
  void writeText(Dataset<Row> rows, Completion completion) {
    write(rows, (data, path) -> data.write().option("lineSep", "\n").text(path), completion);
  }

  /** Writes Parquet. */
  void writeParquet(Dataset<Row> rows, Completion completion) {
    write(
        rows,
        (data, path) ->
            data.write().options(content == Content.SEGMENTS ? SEGMENTS : Map.of()).parquet(path),
        completion);
  }

  /** Writes rows to a folder. */
  @FunctionalInterface
  private interface Format {
    void write(Dataset<Row> rows, String path);
  }

  private void write(Dataset<Row> rows, Format format, Completion completion) {
    Path part = sibling("part");
    boolean written = false;
    ExitDelay delay = new ExitDelay();
    try {
      Observation observation = new Observation();
      Dataset<Row> counted = rows.observe(observation, functions.count(functions.lit(1)).as(COUNT));
      format.write(counted, HadoopPath.of(part));
      long count = ((Number) observation.getAsJava().get(COUNT)).longValue();
      completion.complete(part);
      Files.writeString(part.resolve(MANIFEST), manifest(part, count));
      swap(part);
      written = true;
    } catch (IOException e) {
      throw new FileException(folder, "cannot be written: " + IoReason.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MerException("interrupted; nothing was written", e);
    } finally {
      if (!written) {
        FailedOutput.delete(part, rows.sparkSession().sparkContext());
      }
      delay.close();
    }
  }

  private Path sibling(String suffix) {
    return folder.resolveSibling(
        "." + folder.getFileName() + "." + UUID.randomUUID() + "." + suffix);
  }

  private void swap(Path part) throws IOException {
    if (Files.exists(folder)) {
      requireReplaceable();
      FolderSwap.replace(folder, part, sibling("old"));
    } else {
      Files.move(part, folder);
    }
  }

  private static String manifest(Path part, long count) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (Path file : list(part)) {
      String name = String.valueOf(file.getFileName());
      if (!name.startsWith(".") && !name.equals(SUCCESS)) {
        sizes.put(name, Files.size(file));
      }
    }
    return new JsonMapper().writeValueAsString(Map.of(COUNT, count, "files", sizes)) + "\n";
  }

  private void requireReplaceable() {
    if (!Files.exists(folder)) {
      if (Files.isSymbolicLink(folder)) {
        throw new FileException(folder, "is a link to a folder that does not exist; create it");
      }
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new FileException(folder, "is a file; name a folder");
    }
    try {
      JsonNode files = files();
      List<String> foreign = foreign(files);
      if (!foreign.isEmpty()) {
        throw new FileException(
            folder,
            "contains files that this program did not write, or that were changed since: "
                + String.join(", ", foreign.subList(0, Math.min(3, foreign.size())))
                + "; move them, or use another name");
      }
      if (files.size() > 0 && Content.of(files) != content) {
        throw new FileException(
            folder,
            String.format(
                Locale.ROOT,
                "contains %s, which %s do not replace; delete it, or use another name",
                Content.of(files),
                content));
      }
    } catch (IOException e) {
      throw new FileException(folder, "cannot be checked: " + IoReason.of(e), e);
    }
  }

  /** Returns the sizes of the files that were written, by name. */
  private JsonNode files() throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    return Files.isRegularFile(manifest)
        ? new JsonMapper().readTree(manifest.toFile()).path("files")
        : new JsonMapper().createObjectNode();
  }

  private List<String> foreign(JsonNode files) throws IOException {
    List<String> foreign = new ArrayList<>();
    for (Path file : list(folder)) {
      String name = String.valueOf(file.getFileName());
      boolean same = files.path(name).asLong(-1) == Files.size(file);
      if (!Files.isRegularFile(file) || !(same || isBeside(name, files))) {
        foreign.add(name);
      }
    }
    return foreign;
  }

  /** Returns whether a file is the manifest, or one that Spark writes beside its files. */
  private static boolean isBeside(String name, JsonNode files) {
    boolean checksum = name.startsWith(".") && name.endsWith(CHECKSUM);
    String checked = checksum ? name.substring(1, name.length() - CHECKSUM.length()) : name;
    return name.equals(MANIFEST)
        || name.equals(SUCCESS)
        || (checksum && (files.has(checked) || checked.equals(SUCCESS)));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
