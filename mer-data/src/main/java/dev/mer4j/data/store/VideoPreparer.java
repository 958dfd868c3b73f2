package dev.mer4j.data.store;

import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.sanitize.Sanitized;
import dev.mer4j.data.sanitize.Sanitizer;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.segment.SegmentRows;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads, cuts, mends and shortens one video after the other; for one thread. */
final class VideoPreparer implements AutoCloseable {
  private final PrepareOptions options;
  private final Sanitizer sanitizer;
  private final SegmentReader reader;
  private final List<EntryFault> faults = new ArrayList<>();

  /**
   * Opens the files.
   *
   * @param strict whether to raise an error at an entry that cannot be used
   */
  VideoPreparer(CsdFolder data, PrepareOptions options, boolean strict) {
    this.options = options;
    sanitizer = new Sanitizer(options.sanitize());
    reader =
        strict
            ? SegmentReader.open(data, options.unit())
            : SegmentReader.open(
                data, options.unit(), (video, fault) -> faults.add(EntryFault.of(video, fault)));
  }

  Set<String> videos() {
    return reader.videos();
  }

  Map<Modality, Integer> widths() {
    return reader.widths();
  }

  PreparedVideo prepare(String video) {
    faults.clear();
    reader.release();
    List<RawSegment> read = reader.read(video);
    List<RawSegment> kept = options.incomplete().apply(read, widths().keySet());
    Map<Modality, Integer> truncated = new EnumMap<>(Modality.class);
    Map<Modality, SanitizeCounts> sanitized = new EnumMap<>(Modality.class);
    Map<Modality, ColumnMoments> moments = new EnumMap<>(Modality.class);
    List<Segment> segments = new ArrayList<>();
    int mendedScores = 0;
    for (RawSegment raw : kept) {
      Map<Modality, Features> features = new EnumMap<>(Modality.class);
      for (Map.Entry<Modality, SegmentRows> rows : raw.rows().entrySet()) {
        Modality modality = rows.getKey();
        Sanitized mended = sanitizer.sanitize(modality, rows.getValue());
        Features some = options.truncation().apply(mended.features(), options.steps());
        features.put(modality, some);
        sanitized.merge(modality, mended.counts(), SanitizeCounts::plus);
        truncated.merge(modality, some.steps() < mended.features().steps() ? 1 : 0, Integer::sum);
        moments
            .computeIfAbsent(modality, unseen -> new ColumnMoments(some.width()))
            .add(some.values(), some.steps());
      }
      mendedScores += raw.mendedScores();
      segments.add(new Segment(raw.id(), raw.start(), raw.end(), raw.scores(), features));
    }
    return new PreparedVideo(
        segments,
        truncated,
        sanitized,
        moments,
        mendedScores,
        read.size() - kept.size(),
        List.copyOf(faults));
  }

  @Override
  public void close() {
    reader.close();
  }
}
