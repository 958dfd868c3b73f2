package dev.mer4j.data.label;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The prediction target of a model.
 *
 * @param task several emotions at once, or exactly one
 * @param ties how the single-label task treats a segment whose highest score several emotions
 *     share, including a segment without any emotion
 */
public record LabelScheme(Task task, TieRule ties) {
  /** The class of a segment without any emotion, in schemes that have such a class. */
  public static final String NONE = "none";

  /** The dataset authors' task: an emotion is present if its score is above 0. */
  public static final LabelScheme MULTI_LABEL =
      new LabelScheme(Task.MULTI_LABEL, TieRule.LEAVE_OUT);

  private static final List<String> EMOTIONS =
      Arrays.stream(Emotion.values()).map(Emotion::key).toList();
  private static final List<String> EMOTIONS_AND_NONE =
      Stream.concat(EMOTIONS.stream(), Stream.of(NONE)).toList();

  /**
   * @throws ConfigException if a multi-label task has the rule none-class: a segment without any
   *     emotion already has all targets 0
   */
  public LabelScheme {
    if (task == Task.MULTI_LABEL && ties == TieRule.NONE_CLASS) {
      throw new ConfigException(
          "none-class requires the single-label task: in the multi-label task, a segment without"
              + " any emotion has all targets 0");
    }
  }

  public static LabelScheme singleLabel(TieRule ties) {
    return new LabelScheme(Task.SINGLE_LABEL, ties);
  }

  /** The number of emotions that a segment may have. */
  public enum Task {
    @JsonProperty("multi_label")
    MULTI_LABEL,
    @JsonProperty("single_label")
    SINGLE_LABEL
  }

  /** The rule that resolves ties. */
  public enum TieRule {
    /**
     * The first tied emotion in the order of {@link Emotion}. A segment without any emotion counts
     * as happy, as in most published code.
     */
    @JsonProperty("first_column")
    FIRST_COLUMN,
    /** The segment is excluded from the task. */
    @JsonProperty("leave_out")
    LEAVE_OUT,
    /**
     * A segment without any emotion, with all scores 0, has a seventh class, "none". A segment
     * whose highest score above 0 is shared by several emotions is ambiguous and is excluded.
     */
    @JsonProperty("none_class")
    NONE_CLASS;

    /** The name in options, such as {@code leave-out}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the rule with this key.
     *
     * @throws ConfigException if no rule has this key
     */
    public static TieRule of(String key) {
      for (TieRule rule : values()) {
        if (rule.key().equals(key)) {
          return rule;
        }
      }
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "unknown tie rule '%s': use first-column, leave-out or none-class",
              key));
    }
  }

  /**
   * Returns the names of the C classes, in the order of targets and probabilities: the emotions in
   * the order of {@link Emotion}, then {@value #NONE} if the scheme has such a class.
   */
  public List<String> classes() {
    return ties == TieRule.NONE_CLASS ? EMOTIONS_AND_NONE : EMOTIONS;
  }

  /** Returns whether a class is present in the annotators' scores: an emotion, or none. */
  public static boolean present(EmotionScores scores, int label) {
    return label == Emotion.COUNT ? scores.none() : scores.present(Emotion.values()[label]);
  }

  /**
   * Returns the targets [C] of a segment, each 0 or 1, or empty if the segment is excluded from the
   * task.
   */
  public Optional<float[]> targets(EmotionScores scores) {
    float[] targets = new float[classes().size()];
    if (task == Task.MULTI_LABEL) {
      for (Emotion emotion : Emotion.values()) {
        targets[emotion.ordinal()] = scores.present(emotion) ? 1 : 0;
      }
      return Optional.of(targets);
    }
    OptionalInt label = single(scores, ties);
    if (label.isEmpty()) {
      return Optional.empty();
    }
    targets[label.getAsInt()] = 1;
    return Optional.of(targets);
  }

  /**
   * Returns the class of a segment: the ordinal of the emotion with the highest score; the rule
   * resolves ties.
   */
  public static OptionalInt single(EmotionScores scores, TieRule ties) {
    if (ties == TieRule.NONE_CLASS && scores.none()) {
      return OptionalInt.of(Emotion.COUNT);
    }
    int best = 0;
    boolean tied = false;
    for (int c = 1; c < Emotion.COUNT; c++) {
      float score = scores.of(Emotion.values()[c]);
      float highest = scores.of(Emotion.values()[best]);
      if (score > highest) {
        best = c;
        tied = false;
      } else if (score == highest) {
        tied = true;
      }
    }
    return tied && ties != TieRule.FIRST_COLUMN ? OptionalInt.empty() : OptionalInt.of(best);
  }
}
