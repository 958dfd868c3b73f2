package dev.mer4j.cli;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.source.dataset.PositiveRule;
import dev.mer4j.train.Preset;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts arguments to the library's types. */
final class Converters {
  private Converters() {}

  private static <T> T convert(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (ConfigException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Converts a list such as {@code text,audio}. */
  static final class OfModalities implements ITypeConverter<ModalitySet> {
    @Override
    public ModalitySet convert(String text) {
      return Converters.convert(text, ModalitySet::parse);
    }
  }

  /** Converts a policy such as {@code drop-segment}. */
  static final class OfIncomplete implements ITypeConverter<IncompletePolicy> {
    @Override
    public IncompletePolicy convert(String text) {
      return Converters.convert(text, IncompletePolicy::of);
    }
  }

  /** Converts a preset such as {@code paper-corrected}. */
  static final class OfPreset implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String text) {
      return Converters.convert(text, Preset::of);
    }
  }

  /** Converts a rule such as {@code leave-out}. */
  static final class OfTieRule implements ITypeConverter<TieRule> {
    @Override
    public TieRule convert(String text) {
      return Converters.convert(text, TieRule::of);
    }
  }

  /** Converts a pooling such as {@code attention}. */
  static final class OfPooling implements ITypeConverter<Pooling> {
    @Override
    public Pooling convert(String text) {
      return Converters.convert(text, Pooling::of);
    }
  }

  /** Converts a fusion such as {@code additive:2}. */
  static final class OfFusion implements ITypeConverter<FusionOption> {
    @Override
    public FusionOption convert(String text) {
      return Converters.convert(text, FusionOption::parse);
    }
  }

  /** Converts a rule for numbers such as {@code > 0}. */
  static final class OfPositive implements ITypeConverter<PositiveRule> {
    @Override
    public PositiveRule convert(String text) {
      return Converters.convert(text, PositiveRule::parse);
    }
  }
}
