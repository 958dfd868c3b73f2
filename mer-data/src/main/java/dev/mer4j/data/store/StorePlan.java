package dev.mer4j.data.store;

import dev.mer4j.data.Modality;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentRows;
import java.util.ArrayList;
import java.util.List;

/** Divides a store into parts, whose places follow from the number of rows of each segment. */
final class StorePlan {
  private final PrepareOptions options;

  StorePlan(PrepareOptions options) {
    this.options = options;
  }

  /**
   * Divides the videos into contiguous parts with about the same number of bytes.
   *
   * @param reader of segments without values
   * @param count the maximum number of parts
   */
  List<StorePart> placed(VideoPreparer reader, int count) {
    List<String> videos = List.copyOf(reader.videos());
    long[] ends = new long[videos.size()];
    long end = StoreFormat.HEADER_BYTES;
    for (int video = 0; video < ends.length; video++) {
      end += bytes(reader, videos.get(video));
      ends[video] = end;
    }
    List<StorePart> parts = new ArrayList<>();
    int from = 0;
    long start = StoreFormat.HEADER_BYTES;
    for (int video = 0; video < ends.length; video++) {
      double share = (double) (ends[video] - StoreFormat.HEADER_BYTES) / end;
      if (video + 1 == ends.length || share * count >= parts.size() + 1) {
        parts.add(new StorePart(from, video + 1, start, ends[video]));
        from = video + 1;
        start = ends[video];
      }
    }
    return parts;
  }

  /** Divides the videos into contiguous parts with about the same number of videos. */
  static List<StorePart> unplaced(int videos, int count) {
    int some = Math.max(1, Math.min(videos, count));
    List<StorePart> parts = new ArrayList<>();
    for (int part = 0; part < some; part++) {
      parts.add(
          new StorePart(
              (int) ((long) videos * part / some), (int) ((long) videos * (part + 1) / some)));
    }
    return parts;
  }

  private long bytes(VideoPreparer reader, String video) {
    long bytes = 0;
    for (RawSegment segment : reader.kept(video)) {
      for (Modality modality : segment.rows().modalities()) {
        SegmentRows rows = segment.rows().get(modality);
        bytes +=
            RecordWriter.paddedBytes(
                Math.min(rows.count(), options.steps()), rows.width(), options.precision());
      }
    }
    return bytes;
  }
}
