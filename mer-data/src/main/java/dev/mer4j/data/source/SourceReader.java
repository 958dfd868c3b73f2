package dev.mer4j.data.source;

import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import java.util.List;
import java.util.Optional;
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
   * @throws MerException if the video does not exist, or a part of a file cannot be used and the
   *     policy throws
   */
  List<RawSegment> read(String video);

  /**
   * Returns one segment.
   *
   * @throws MerException if it does not exist; the message lists the existing segments
   */
  RawSegment read(SegmentId id);

  /** Returns the group of a segment, which splits must not share. Defaults to its video. */
  default String group(SegmentId id) {
    return id.video();
  }

  /** Releases the segments read so far: their memory may be reused. */
  void release();

  /** Opens the same files again, for another thread; also after {@link #close}. */
  SourceReader reopen(FaultPolicy faults);

  /**
   * Opens the same files again, to read which segments exist and how many rows they have, in much
   * less time than with the values of their rows.
   *
   * @return a reader of segments with {@link Rows.Unread}; empty, the default, if the files do not
   *     state this
   */
  default Optional<SourceReader> reopenWithoutValues(FaultPolicy faults) {
    return Optional.empty();
  }

  @Override
  void close();
}
