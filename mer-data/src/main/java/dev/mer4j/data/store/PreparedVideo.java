package dev.mer4j.data.store;

import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import java.util.List;

/** The prepared segments of a video and the statistics of their preparation. */
record PreparedVideo(List<Segment> segments, VideoStatistics statistics) {
  List<SegmentInfo> infos() {
    return segments.stream().map(Segment::info).toList();
  }
}
