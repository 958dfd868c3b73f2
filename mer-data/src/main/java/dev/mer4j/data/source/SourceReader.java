package dev.mer4j.data.source;

import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import java.util.List;
import java.util.Set;

/** Reads the segments of a {@link FeatureSource}. Not safe for use by several threads. */
public interface SourceReader extends AutoCloseable {
  /** Returns D of each modality. */
  PerModality<Integer> widths();

  /** Returns the names of the videos that have segments, in the order of the files. */
  Set<String> videos();

  /** Returns the names of the videos of which a modality has rows. */
  Set<String> videos(Modality modality);

  /**
   * Returns the segments of a video, in the order of the files.
   *
   * @throws MerException if there is no such video, or a part of a file cannot be used and the
   *     policy raises that
   */
  List<RawSegment> read(String video);

  /**
   * Returns one segment.
   *
   * @throws MerException if there is none; the message says which there are
   */
  RawSegment read(SegmentId id);

  /** Returns what must not be split between folds of a segment. Defaults to its video. */
  default String group(SegmentId id) {
    return id.video();
  }

  /** Allows the memory of the segments read so far to be used again. */
  void release();

  /** Opens the same files once more, for another thread. */
  SourceReader reopen(FaultPolicy faults);

  @Override
  void close();
}
