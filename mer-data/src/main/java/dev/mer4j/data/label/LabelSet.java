package dev.mer4j.data.label;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The prediction target of a model.
 *
 * @param labels of the data set, in order: 2 to {@value #MOST}, distinct; {@link Emotion#MOSEI} in
 *     JSON that lacks them
 * @param task several emotions at once, or exactly one
 * @param threshold a label is present if its score is above it; 0 by default
 * @param ties how the single-label task treats a segment whose highest score several emotions
 *     share, including a segment without any emotion
 */
public record LabelSet(
    @JsonDeserialize(using = LabelsDeserializer.class) List<Emotion> labels,
    Task task,
    float threshold,
    TieRule ties) {
  /** The class of a segment without any emotion, in schemes that have such a class. */
  public static final String NONE = "none";

  /** The maximum number of labels of a model. */
  public static final int MOST = 64;

  /** The dataset authors' task: an emotion is present if its score is above 0. */
  public static final LabelSet MULTI_LABEL = multiLabel(Emotion.MOSEI);

  /**
   * Checks the labels.
   *
   * @throws ConfigException if there are fewer than 2 labels or more than {@value #MOST}, one
   *     occurs twice, the threshold is not finite, or a multi-label task has the rule none-class: a
   *     segment without any emotion already has all targets 0
   */
  public LabelSet {
    List<String> problems = new ArrayList<>();
    labels = labels.equals(Emotion.MOSEI) ? Emotion.MOSEI : List.copyOf(labels);
    if (labels.size() < 2 || labels.size() > MOST) {
      problems.add(
          String.format(
              Locale.ROOT, "expected 2 to %d labels, found %d: %s", MOST, labels.size(), labels));
    }
    Set<Emotion> seen = new HashSet<>();
    for (Emotion label : labels) {
      if (!seen.add(label)) {
        problems.add("label '" + label + "' occurs twice: " + labels);
      }
    }
    if (!Float.isFinite(threshold)) {
      problems.add("threshold must be finite: " + threshold);
    }
    if (task == null || ties == null) {
      problems.add("task and ties must not be null");
    }
    if (ties == TieRule.NONE_CLASS && labels.contains(Emotion.of(NONE))) {
      problems.add("with none-class, no label may be called '" + NONE + "': " + labels);
    }
    ConfigException.throwIfAny("labels", problems);
    if (task == Task.MULTI_LABEL && ties == TieRule.NONE_CLASS) {
      throw new ConfigException(
          "none-class requires the single-label task: in the multi-label task, a segment without"
              + " any emotion has all targets 0");
    }
  }

  /** Makes a task of {@link Emotion#MOSEI}, with the threshold 0. */
  public LabelSet(Task task, TieRule ties) {
    this(Emotion.MOSEI, task, 0, ties);
  }

  /** Several of these labels at once; one is present if its score is above 0. */
  public static LabelSet multiLabel(List<Emotion> labels) {
    return new LabelSet(labels, Task.MULTI_LABEL, 0, TieRule.LEAVE_OUT);
  }

  /** Exactly one of {@link Emotion#MOSEI}. */
  public static LabelSet singleLabel(TieRule ties) {
    return singleLabel(Emotion.MOSEI, ties);
  }

  /** Exactly one of these labels. */
  public static LabelSet singleLabel(List<Emotion> labels, TieRule ties) {
    return new LabelSet(labels, Task.SINGLE_LABEL, 0, ties);
  }

  /** Returns the same task of other labels. */
  public LabelSet withLabels(List<Emotion> others) {
    return new LabelSet(others, task, threshold, ties);
  }

  /** Returns the same task of the same labels, present above another score. */
  public LabelSet withThreshold(float score) {
    return new LabelSet(labels, task, score, ties);
  }

  /** Returns the single-label task of the same labels. */
  public LabelSet asSingleLabel() {
    return new LabelSet(labels, Task.SINGLE_LABEL, threshold, ties);
  }

  /** Returns the multi-label task of the same labels. */
  public LabelSet asMultiLabel() {
    return new LabelSet(labels, Task.MULTI_LABEL, threshold, TieRule.LEAVE_OUT);
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
     * The first tied emotion in the order of the labels. A segment without any emotion counts as
     * happy, as in most published code.
     */
    @JsonProperty("first_column")
    FIRST_COLUMN,
    /** The segment is excluded from the task. */
    @JsonProperty("leave_out")
    LEAVE_OUT,
    /**
     * A segment without any emotion, all of its scores 0, is of a class of its own, "none". One
     * whose highest score, above 0, several emotions share is ambiguous, and not part of the task.
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
   * Returns the names of the C classes, in the order of targets and probabilities: the labels in
   * their order, then {@value #NONE} if the scheme has such a class.
   */
  public List<String> classes() {
    Stream<String> none = ties == TieRule.NONE_CLASS ? Stream.of(NONE) : Stream.empty();
    return Stream.concat(labels.stream().map(Emotion::key), none).toList();
  }

  /** Returns C, the number of {@link #classes}. */
  public int classCount() {
    return labels.size() + (ties == TieRule.NONE_CLASS ? 1 : 0);
  }

  /**
   * Returns the index of a label.
   *
   * @throws ConfigException if there is no such label
   */
  public int indexOf(Emotion label) {
    int at = labels.indexOf(label);
    if (at < 0) {
      throw new ConfigException("no label " + label + " among " + labels);
    }
    return at;
  }

  /**
   * Checks that data has these labels, in this order.
   *
   * @throws ConfigException if it has others; it names both lists
   */
  public void requireLabels(List<Emotion> found) {
    if (labels != found && !labels.equals(found)) {
      throw new ConfigException("the model's labels are " + labels + ", the data's are " + found);
    }
  }

  /** Returns whether a class is present in the annotators' scores; false without labels. */
  public boolean present(EmotionScores scores, int label) {
    if (!scores.isLabeled()) {
      return false;
    }
    requireLabels(scores.labels());
    return label == labels.size() ? none(scores) : isPresent(scores.of(label));
  }

  /** Returns whether a label with this score is present. */
  public boolean isPresent(float score) {
    return score > threshold;
  }

  /** Whether the segment has labels, and no label is present. */
  public boolean none(EmotionScores scores) {
    if (!scores.isLabeled()) {
      return false;
    }
    requireLabels(scores.labels());
    return IntStream.range(0, labels.size()).noneMatch(c -> isPresent(scores.of(c)));
  }

  /**
   * Returns the targets [C] of a segment, each 0 or 1, or empty if the segment has no labels or is
   * excluded from the task.
   *
   * @throws ConfigException if its labels are others
   */
  public Optional<float[]> targets(EmotionScores scores) {
    if (!scores.isLabeled()) {
      return Optional.empty();
    }
    requireLabels(scores.labels());
    float[] targets = new float[classCount()];
    if (task == Task.MULTI_LABEL) {
      for (int c = 0; c < labels.size(); c++) {
        targets[c] = isPresent(scores.of(c)) ? 1 : 0;
      }
      return Optional.of(targets);
    }
    OptionalInt label = single(scores);
    if (label.isEmpty()) {
      return Optional.empty();
    }
    targets[label.getAsInt()] = 1;
    return Optional.of(targets);
  }

  /**
   * Returns the class of a segment in the single-label task: the index of the label with the
   * highest score, ties resolved by the rule; nothing if the segment has no labels.
   */
  public OptionalInt single(EmotionScores scores) {
    if (!scores.isLabeled()) {
      return OptionalInt.empty();
    }
    requireLabels(scores.labels());
    if (ties == TieRule.NONE_CLASS && none(scores)) {
      return OptionalInt.of(labels.size());
    }
    int best = 0;
    boolean tied = false;
    for (int c = 1; c < labels.size(); c++) {
      float score = scores.of(c);
      float highest = scores.of(best);
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
