package dev.mer4j.data.store;

import dev.mer4j.MerException;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.segment.FaultLog;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceReader;
import dev.mer4j.data.store.FeaturePreparation.Prepared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads, splits, sanitizes and truncates videos one by one. Not thread-safe. */
final class VideoPreparer implements AutoCloseable {
  private final PrepareOptions options;
  private final FeaturePreparation preparation;
  private final SourceReader reader;
  private final FaultLog log;

  private VideoPreparer(PrepareOptions options, SourceReader reader, FaultLog log) {
    this.options = options;
    preparation = new FeaturePreparation(options);
    this.reader = reader;
    this.log = log;
  }

  /**
   * Opens the files.
   *
   * @param strict whether an unusable entry raises an error
   */
  static VideoPreparer open(FeatureSource data, PrepareOptions options, boolean strict) {
    FaultLog log = new FaultLog(strict);
    return new VideoPreparer(options, data.open(options.unit(), log), log);
  }

  /** Opens the same files again; also after {@link #close}. */
  VideoPreparer reopen(boolean strict) {
    FaultLog own = new FaultLog(strict);
    return new VideoPreparer(options, reader.reopen(own), own);
  }

  /** Opens the same files again for {@link #kept}; empty if that must read the values. */
  Optional<VideoPreparer> reopenWithoutValues() {
    FaultLog ignored = new FaultLog(false);
    return reader
        .reopenWithoutValues(ignored)
        .map(opened -> new VideoPreparer(options, opened, ignored));
  }

  SourceReader reader() {
    return reader;
  }

  Set<String> videos() {
    return reader.videos();
  }

  PerModality<Integer> widths() {
    return reader.widths();
  }

  /** Returns the segments of a video that a store keeps, as they are in the files. */
  List<RawSegment> kept(String video) {
    return kept(read(video));
  }

  private List<RawSegment> read(String video) {
    log.clear();
    reader.release();
    return reader.read(video);
  }

  private List<RawSegment> kept(List<RawSegment> read) {
    return options.incomplete().apply(read, widths().modalities());
  }

  PreparedVideo prepare(String video) {
    List<RawSegment> read = read(video);
    List<RawSegment> kept = kept(read);
    Map<Modality, Integer> truncated = new HashMap<>();
    Map<Modality, SanitizeCounts> sanitized = new HashMap<>();
    Map<Modality, ColumnMoments> moments = new HashMap<>();
    List<Segment> segments = new ArrayList<>();
    int sanitizedScores = 0;
    for (RawSegment raw : kept) {
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : raw.rows().modalities()) {
        Prepared prepared = preparation.prepare(modality, raw.rows().get(modality));
        Features some = prepared.features();
        features.put(modality, some);
        sanitized.merge(modality, prepared.counts(), SanitizeCounts::plus);
        truncated.merge(modality, prepared.truncated() ? 1 : 0, Integer::sum);
        moments
            .computeIfAbsent(modality, unseen -> new ColumnMoments(some.width()))
            .add(some.values(), some.steps());
      }
      sanitizedScores += raw.sanitizedScores();
      segments.add(
          new Segment(
              raw.id(),
              reader.group(raw.id()),
              raw.start(),
              raw.end(),
              raw.scores(),
              features.build()));
    }
    return new PreparedVideo(
        segments,
        new VideoStatistics(
            PerModality.of(truncated),
            PerModality.of(sanitized),
            PerModality.of(moments).map(ColumnMoments::state),
            sanitizedScores,
            dropped(read, kept),
            log.faults(),
            log.skipped()));
  }

  /**
   * Prepares one segment.
   *
   * @throws MerException if there is none, or it was dropped because it lacks a modality
   */
  Segment segment(SegmentId id) {
    if (videos().contains(id.video())) {
      PreparedVideo video = prepare(id.video());
      for (Segment segment : video.segments()) {
        if (segment.id().equals(id)) {
          return segment;
        }
      }
      if (video.statistics().dropped().contains(id.toString())) {
        throw new MerException(
            String.format(
                Locale.ROOT,
                "segment %s lacks a modality, and incomplete is %s",
                id,
                options.incomplete().key()));
      }
    }
    reader.read(id); // Its error lists the segments that exist.
    throw new MerException("segment " + id + " cannot be used");
  }

  private static List<String> dropped(List<RawSegment> read, List<RawSegment> kept) {
    Set<SegmentId> ids = kept.stream().map(RawSegment::id).collect(Collectors.toSet());
    return read.stream()
        .map(RawSegment::id)
        .filter(id -> !ids.contains(id))
        .map(SegmentId::toString)
        .toList();
  }

  @Override
  public void close() {
    reader.close();
  }
}
