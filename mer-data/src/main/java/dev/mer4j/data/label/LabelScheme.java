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
 * What a model is asked to predict.
 *
 * @param task several emotions at once, or exactly one
 * @param ties what to do, in the single-label task, with a segment whose highest score belongs to
 *     several emotions; a segment without any emotion is such a one
 */
public record LabelScheme(Task task, TieRule ties) {
  /** The class of a segment without any emotion, where a scheme has one. */
  public static final String NONE = "none";

  /** The dataset authors' task: an emotion is present if its score is above 0. */
  public static final LabelScheme MULTI_LABEL =
      new LabelScheme(Task.MULTI_LABEL, TieRule.LEAVE_OUT);

  private static final List<String> EMOTIONS =
      Arrays.stream(Emotion.values()).map(Emotion::key).toList();
  private static final List<String> EMOTIONS_AND_NONE =
      Stream.concat(EMOTIONS.stream(), Stream.of(NONE)).toList();

  /**
   * @throws ConfigException if several emotions at once are to have a class of their own for none:
   *     there, every answer is then "no"
   */
  public LabelScheme {
    if (task == Task.MULTI_LABEL && ties == TieRule.NONE_CLASS) {
      throw new ConfigException(
          "none-class is for one emotion per segment; with several at once, a segment without any"
              + " has all answers no");
    }
  }

  public static LabelScheme singleLabel(TieRule ties) {
    return new LabelScheme(Task.SINGLE_LABEL, ties);
  }

  /** How many emotions a segment may have. */
  public enum Task {
    @JsonProperty("multi_label")
    MULTI_LABEL,
    @JsonProperty("single_label")
    SINGLE_LABEL
  }

  /** Which emotion a tie gives. */
  public enum TieRule {
    /**
     * The first of them in the order of {@link Emotion}, which makes "no emotion" happy, as most
     * published code does.
     */
    @JsonProperty("first_column")
    FIRST_COLUMN,
    /** None: the segment is not part of the task. */
    @JsonProperty("leave_out")
    LEAVE_OUT,
    /**
     * A segment without any emotion, all of its scores 0, is of a seventh class, "none". One whose
     * highest score, above 0, several emotions share is ambiguous, and not part of the task.
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
     * @throws ConfigException if there is none
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
              "unknown rule for ties '%s': use first-column, leave-out or none-class",
              key));
    }
  }

  /**
   * The names of the C classes, in the order of targets and probabilities: the emotions in theirs,
   * and {@value #NONE} after them if the scheme has such a class.
   */
  public List<String> classes() {
    return ties == TieRule.NONE_CLASS ? EMOTIONS_AND_NONE : EMOTIONS;
  }

  /** Whether the annotators saw a class: an emotion, or none. */
  public static boolean present(EmotionScores scores, int label) {
    return label == Emotion.COUNT ? scores.none() : scores.present(Emotion.values()[label]);
  }

  /**
   * Returns the targets [C] of a segment, each 0 or 1, or nothing if the segment is not part of the
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
   * Returns the class of a segment: the ordinal of the emotion with the highest score, ties
   * resolved by the rule.
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
