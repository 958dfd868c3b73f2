package dev.mer4j.data.source.csd;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.source.SourceReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Segments that are cut out of videos by time. */
public final class IntervalReader implements SourceReader {
  private final SegmentReader reader;

  public IntervalReader(SegmentReader reader) {
    this.reader = reader;
  }

  @Override
  public PerModality<Integer> widths() {
    return reader.widths();
  }

  @Override
  public Set<String> videos() {
    return reader.videos();
  }

  @Override
  public Set<String> videos(Modality modality) {
    return reader.videos(modality);
  }

  @Override
  public List<RawSegment> read(String video) {
    return reader.read(video);
  }

  @Override
  public RawSegment read(SegmentId id) {
    return reader.read(id);
  }

  @Override
  public void release() {
    reader.release();
  }

  @Override
  public SourceReader reopen(FaultPolicy faults) {
    return new IntervalReader(reader.reopen(faults));
  }

  @Override
  public Optional<SourceReader> reopenWithoutValues(FaultPolicy faults) {
    return Optional.of(new IntervalReader(reader.reopenWithoutValues(faults)));
  }

  @Override
  public void close() {
    reader.close();
  }
}
