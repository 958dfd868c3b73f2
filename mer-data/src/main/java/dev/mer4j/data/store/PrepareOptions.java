package dev.mer4j.data.store;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options of the conversion of raw files to a store.
 *
 * @param unit the unit of one sample
 * @param steps the maximum number of steps of each modality, at least 1
 * @param truncation which steps to keep of longer sequences
 * @param sanitize the largest absolute value of each modality, and the value of infinite ones
 * @param incomplete how to treat segments that lack a modality
 * @param precision the number format of the features
 */
public record PrepareOptions(
    SampleUnit unit,
    int steps,
    Truncation truncation,
    SanitizeOptions sanitize,
    IncompletePolicy incomplete,
    Precision precision) {
  /** Segments, including incomplete ones, with their first 300 steps, in float32. */
  public static final PrepareOptions DEFAULT =
      new PrepareOptions(SampleUnit.SEGMENT, 300, Truncation.HEAD, SanitizeOptions.DEFAULT);

  public PrepareOptions {
    Objects.requireNonNull(unit);
    Objects.requireNonNull(truncation);
    Objects.requireNonNull(incomplete);
    List<String> problems = new ArrayList<>();
    if (steps < 1) {
      problems.add("steps must be at least 1: " + steps);
    }
    Set<Modality> limited = new TreeSet<>(Modality.MOSEI);
    limited.addAll(sanitize.limits().modalities());
    for (Modality modality : limited) {
      if (sanitize.limitOf(modality) > precision.largest()) {
        problems.add(
            String.format(
                Locale.ROOT,
                "the %s limit must be at most %s, the largest %s: %s",
                modality.key(),
                precision.largest(),
                precision.key(),
                sanitize.limitOf(modality)));
      }
    }
    ConfigException.throwIfAny("prepare", problems);
  }

  /** Creates options that keep incomplete segments, in float32. */
  public PrepareOptions(
      SampleUnit unit, int steps, Truncation truncation, SanitizeOptions sanitize) {
    this(unit, steps, truncation, sanitize, IncompletePolicy.KEEP, Precision.FLOAT32);
  }
}
