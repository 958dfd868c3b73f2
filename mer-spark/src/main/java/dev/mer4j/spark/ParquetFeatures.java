package dev.mer4j.spark;

import dev.mer4j.MerException;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads binary columns of rows of Parquet files, as parts of the pages in memory, without a copy.
 * Rows in the order of their file are read fastest. The file read last stays open until the end of
 * the task. Not safe for use by several threads.
 */
final class ParquetFeatures {
  private final Configuration configuration;
  private final List<String> columns;
  private @Nullable String name;
  private @Nullable ParquetRows open;

  /**
   * Creates a reader for the running task.
   *
   * @param columns the names of the columns to read
   */
  ParquetFeatures(Configuration configuration, List<String> columns) {
    this.configuration = configuration;
    this.columns = List.copyOf(columns);
    TaskCompletionListener closing = task -> close();
    TaskContext.get().addTaskCompletionListener(closing);
  }

  /**
   * Returns the values of a row. A column that the file does not have is absent in all of its rows.
   *
   * @param file a URI, as the metadata of Spark have it
   * @param row the index in the file
   * @throws MerException if the file cannot be read, or has no such row
   */
  ParquetRows.Values read(String file, long row) {
    try {
      return rows(file).read(row);
    } catch (IOException | RuntimeException e) {
      if (e instanceof MerException own) {
        throw own;
      }
      String reason =
          e instanceof IOException io ? IoReason.of(io) : String.valueOf(e.getMessage());
      throw new MerException(file + ": cannot be read as Parquet: " + reason, e);
    }
  }

  private ParquetRows rows(String file) throws IOException {
    ParquetRows known = open;
    if (known != null && file.equals(name)) {
      return known;
    }
    close();
    ParquetRows opened = ParquetRows.open(configuration, file, columns);
    open = opened;
    name = file;
    return opened;
  }

  private void close() {
    ParquetRows known = open;
    open = null;
    if (known != null) {
      known.close();
    }
  }
}
