package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes a computational sequence in the format of the release: features in the precision of the
 * rows, float64 intervals, old-style groups.
 *
 * <p>Entries are written immediately; only their names and addresses are in memory.
 */
public final class CsdWriter {
  /** The mark of sequences that this program wrote: 16 bytes after the superblock. */
  public static final FileMark MARK = FileMark.bytesAt(HdfOutput.SUPERBLOCK_BYTES, HdfOutput.MARK);

  private final HdfOutput output;
  private final Map<String, HdfOutput.Link> entries = new HashMap<>();

  private CsdWriter(HdfOutput output) {
    this.output = output;
  }

  /** Writes a sequence whose numbers are contiguous. */
  public static void write(
      Path file, String root, Map<String, String> metadata, Consumer<CsdWriter> content) {
    write(file, CsdLayout.CONTIGUOUS, root, metadata, content);
  }

  /**
   * Atomically writes a sequence of the entries that {@code content} puts.
   *
   * @param root the name of the top-level group
   * @param metadata text by key, such as {@code "dimension names"}; the SDK expects JSON values
   * @throws FileException if the file cannot be written, or exists and was not written by this
   *     program
   */
  public static void write(
      Path file,
      CsdLayout layout,
      String root,
      Map<String, String> metadata,
      Consumer<CsdWriter> content) {
    write(OutputFile.of(file, MARK), layout, root, metadata, content);
  }

  /**
   * Atomically writes a sequence of the entries that {@code content} puts.
   *
   * @param file the output with {@link #MARK}
   * @param root the name of the top-level group
   * @param metadata text by key, such as {@code "dimension names"}; the SDK expects JSON values
   * @throws FileException as {@link OutputFile#write(OutputFile.Content)}
   */
  public static void write(
      OutputFile file,
      CsdLayout layout,
      String root,
      Map<String, String> metadata,
      Consumer<CsdWriter> content) {
    file.write(
        channel -> {
          HdfOutput output = new HdfOutput(channel, layout);
          CsdWriter writer = new CsdWriter(output);
          content.accept(writer);
          Map<String, HdfOutput.Link> keys = new HashMap<>();
          for (Map.Entry<String, String> item : new TreeMap<>(metadata).entrySet()) {
            keys.put(item.getKey(), output.dataset(item.getValue()));
          }
          HdfOutput.Link data = output.group(writer.entries);
          HdfOutput.Link top = output.group(Map.of("data", data, "metadata", output.group(keys)));
          output.finish(output.group(Map.of(root, top)));
        });
  }

  /**
   * Appends a video.
   *
   * @throws IllegalArgumentException if the video exists already, or its id is not a valid name of
   *     an HDF5 group
   */
  public void put(CsdEntry entry) {
    String video = entry.video();
    if (video.isEmpty() || video.equals(".") || video.indexOf('/') >= 0) {
      throw new IllegalArgumentException("invalid entry name: '" + video + "'");
    }
    try {
      HdfOutput.Link intervals = output.dataset(new Rows.Doubles(2, entry.intervals()));
      HdfOutput.Link features = output.dataset(entry.rows());
      HdfOutput.Link group = output.group(Map.of("features", features, "intervals", intervals));
      if (entries.putIfAbsent(video, group) != null) {
        throw new IllegalArgumentException("duplicate entry: '" + video + "'");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
