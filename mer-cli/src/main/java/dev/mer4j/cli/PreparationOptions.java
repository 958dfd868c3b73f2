package dev.mer4j.cli;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.store.Precision;
import dev.mer4j.data.store.PrepareOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a preparation that do not depend on the form of the data. */
final class PreparationOptions {
  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Maximum number of steps of each modality. Defaults to 300, or to that of the model's"
              + " data.")
  private @Nullable Integer steps;

  @Option(
      names = "--truncate",
      paramLabel = "head|tail|pool",
      description =
          "How to truncate longer sequences. Defaults to head, or to that of the model's data.")
  private @Nullable Truncation truncation;

  @Option(
      names = "--unit",
      paramLabel = "segment|video",
      description = "Unit of a sample. Defaults to segment, or to that of the model's data.")
  private @Nullable SampleUnit unit;

  @Option(
      names = "--incomplete",
      paramLabel = "keep|drop-segment|drop-video",
      converter = Converters.OfIncomplete.class,
      description =
          "How to treat segments that lack a modality. Defaults to keep, or to that of the model's"
              + " data.")
  private @Nullable IncompletePolicy incomplete;

  @Option(
      names = "--limit",
      paramLabel = "X",
      description =
          "Largest absolute value; larger ones are clipped to it. Defaults to 10,000, or to that of"
              + " the model's data. 3.4028234e38 keeps every float32.")
  private @Nullable Double limit;

  @Option(
      names = "--clip-infinite",
      negatable = true,
      description =
          "Clip infinite values to the limit. By default they become 0, or as in the model's data.")
  private @Nullable Boolean clipInfinite;

  @Option(
      names = "--precision",
      paramLabel = "float32|float16",
      description = "Precision of features. Defaults to float32, or to that of the model's data.")
  private @Nullable Precision precision;

  /** Returns the given options, and those of a base where none is given. */
  PrepareOptions over(PrepareOptions base) {
    return new PrepareOptions(
        unit == null ? base.unit() : unit,
        steps == null ? base.steps() : steps,
        truncation == null ? base.truncation() : truncation,
        sanitize(base.sanitize()),
        incomplete == null ? base.incomplete() : incomplete,
        precision == null ? base.precision() : precision);
  }

  private SanitizeOptions sanitize(SanitizeOptions base) {
    return new SanitizeOptions(
        limit == null ? base.limit() : limit,
        limit == null ? base.limits() : PerModality.of(),
        clipInfinite == null ? base.clipInfinite() : clipInfinite);
  }

  /** Returns the names of the given options. */
  List<String> given() {
    List<String> names = new ArrayList<>();
    OptionLists.addIf(steps != null, "--steps", names);
    OptionLists.addIf(truncation != null, "--truncate", names);
    OptionLists.addIf(unit != null, "--unit", names);
    OptionLists.addIf(incomplete != null, "--incomplete", names);
    OptionLists.addIf(limit != null, "--limit", names);
    OptionLists.addIf(clipInfinite != null, "--clip-infinite", names);
    OptionLists.addIf(precision != null, "--precision", names);
    return names;
  }

  /** Returns what differs, one text for each option, such as {@code --steps: 100, not 300}. */
  static List<String> differences(PrepareOptions own, PrepareOptions other) {
    List<String> differences = new ArrayList<>();
    OptionLists.compare("--steps", own.steps(), other.steps(), differences);
    OptionLists.compare(
        "--truncate", own.truncation().key(), other.truncation().key(), differences);
    OptionLists.compare("--unit", name(own.unit()), name(other.unit()), differences);
    OptionLists.compare(
        "--incomplete", own.incomplete().key(), other.incomplete().key(), differences);
    OptionLists.compare("--limit", own.sanitize().limit(), other.sanitize().limit(), differences);
    OptionLists.compare(
        "--clip-infinite",
        own.sanitize().clipInfinite(),
        other.sanitize().clipInfinite(),
        differences);
    OptionLists.compare("--precision", own.precision().key(), other.precision().key(), differences);
    return differences;
  }

  private static String name(SampleUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }
}
