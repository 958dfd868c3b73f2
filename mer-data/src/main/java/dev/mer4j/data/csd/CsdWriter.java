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
 * Writes a computational sequence as the release has it: features in the rows' own precision,
 * float64 intervals, old-style groups.
 *
 * <p>Entries go to disk as they come; memory holds their names and addresses only.
 */
public final class CsdWriter {
  /** How to tell sequences that this program wrote: by 16 bytes behind the superblock. */
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
   * Writes a sequence of the entries that {@code content} puts; it appears in one move.
   *
   * @param root the name of the top-level group
   * @param metadata text by key, such as {@code "dimension names"}; the SDK expects JSON values
   * @throws FileException if the file cannot be written, or exists and is not of this program
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
   * Writes a sequence of the entries that {@code content} puts; it appears in one move.
   *
   * @param file with {@link #MARK}
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
   * @throws IllegalArgumentException if it is there already, or its id cannot name an HDF5 group
   */
  public void put(CsdEntry entry) {
    String video = entry.video();
    if (video.isEmpty() || video.equals(".") || video.indexOf('/') >= 0) {
      throw new IllegalArgumentException("cannot name an entry: '" + video + "'");
    }
    try {
      HdfOutput.Link intervals = output.dataset(new Rows.Doubles(2, entry.intervals()));
      HdfOutput.Link features = output.dataset(entry.rows());
      HdfOutput.Link group = output.group(Map.of("features", features, "intervals", intervals));
      if (entries.putIfAbsent(video, group) != null) {
        throw new IllegalArgumentException("an entry is written twice: '" + video + "'");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
