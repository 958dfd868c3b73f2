package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.FileSummary;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one modality for each of N segments. */
interface SegmentFeatures {
  /** Returns the file, or folder of files, that messages name. */
  Path file();

  /** Returns the key in the file, such as {@code train/audio}; empty if it has none. */
  String key();

  /** Returns N. */
  int count();

  /** Returns D. */
  int width();

  /** Returns whether the file has rows of a segment, or of its video if it is cut by time. */
  boolean has(int segment);

  /**
   * Returns the number of rows of a segment without its padding; 0 if the modality is absent.
   *
   * @throws FileException if they cannot be used
   */
  int steps(int segment);

  /** Returns the number of a segment's rows beyond its length. */
  default int paddingRows(int segment) {
    return 0;
  }

  /**
   * Reads the rows of a segment; there may be none.
   *
   * @throws FileException if they cannot be used
   */
  SegmentRows read(int segment);

  /**
   * Returns the number of rows of a video that the file marks as failed.
   *
   * @param segments of the video
   */
  default int failedRows(List<Integer> segments) {
    return 0;
  }

  /**
   * Returns the time range of the rows of a segment's video, such as {@code from 0.0 to 9.5 s};
   * null if they are not cut by time, or there are none.
   */
  default @Nullable String extent(int segment) {
    return null;
  }

  /** Returns the type and layout of the numbers. */
  FileSummary.Numbers numbers();
}
