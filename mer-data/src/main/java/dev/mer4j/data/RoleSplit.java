package dev.mer4j.data;

import dev.mer4j.ConfigException;
import java.util.List;
import java.util.Locale;

/**
 * Segments whose type states their role in an experiment. Training takes a {@link TrainingSplit},
 * model selection a {@link ValidationSplit}; neither accepts a {@link TestSplit}.
 */
public abstract sealed class RoleSplit implements SegmentSet
    permits TrainingSplit, ValidationSplit, TestSplit {
  private final SegmentSet segments;
  private final Split role;

  RoleSplit(SegmentSet segments, Split role) {
    if (segments.role() != role && segments.role() != Split.NONE) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "these %d segments are the %s split; they cannot be used as the %s split",
              segments.size(),
              segments.role().key(),
              role.key()));
    }
    this.segments = segments;
    this.role = role;
  }

  @Override
  public final Split role() {
    return role;
  }

  @Override
  public final int size() {
    return segments.size();
  }

  @Override
  public final PerModality<Integer> widths() {
    return segments.widths();
  }

  @Override
  public final List<Emotion> labels() {
    return segments.labels();
  }

  @Override
  public final SegmentInfo info(int segment) {
    return segments.info(segment);
  }

  @Override
  public final void read(int segment, Modality modality, float[] target, int offset) {
    segments.read(segment, modality, target, offset);
  }
}
