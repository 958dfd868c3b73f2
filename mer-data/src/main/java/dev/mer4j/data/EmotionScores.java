package dev.mer4j.data;

import dev.mer4j.ConfigException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean annotator scores of one segment: one for each label of the data set, above 0 if the
 * label is present, and sentiment. In CMU-MOSEI sentiment is in [-3, 3] and each emotion in [0, 3].
 *
 * <p>Immutable. A segment without labels has {@link #UNLABELED}, never scores of 0.
 */
public final class EmotionScores {
  /** The absence of labels. */
  public static final EmotionScores UNLABELED =
      new EmotionScores(List.of(), Float.NaN, new float[0]);

  private final List<Emotion> labels;
  private final float sentiment;
  private final float[] scores;

  private EmotionScores(List<Emotion> labels, float sentiment, float[] scores) {
    this.labels = labels;
    this.sentiment = sentiment;
    this.scores = scores;
  }

  /**
   * Returns scores without sentiment.
   *
   * @param labels of the data set
   * @param scores one for each label, in their order
   * @throws ConfigException if there is no label, one occurs twice, or the numbers differ
   */
  public static EmotionScores of(List<Emotion> labels, float... scores) {
    Builder builder = builder(labels);
    if (scores.length != labels.size()) {
      throw new ConfigException(scores.length + " scores for the labels " + labels);
    }
    System.arraycopy(scores, 0, builder.scores, 0, scores.length);
    return builder.build();
  }

  /**
   * Returns the scores of {@link Emotion#MOSEI}.
   *
   * @param sentiment NaN where it is unknown
   * @param scores six, in the order of the list
   */
  public static EmotionScores mosei(float sentiment, float... scores) {
    EmotionScores without = of(Emotion.MOSEI, scores);
    return new EmotionScores(without.labels, sentiment, without.scores);
  }

  /** Returns a builder with all scores 0, for {@link Emotion#MOSEI}. */
  public static Builder builder() {
    return new Builder(Emotion.MOSEI).sentiment(0);
  }

  /**
   * Starts with the score 0 for each of these labels, without sentiment.
   *
   * @throws ConfigException if there is no label, or one occurs twice
   */
  public static Builder builder(List<Emotion> labels) {
    return new Builder(labels);
  }

  /** Whether the segment has labels. */
  public boolean isLabeled() {
    return !labels.isEmpty();
  }

  /** Returns the labels of the data set, in order; empty if the segment has none. */
  public List<Emotion> labels() {
    return labels;
  }

  /** Returns the sentiment; NaN where it is unknown. */
  public float sentiment() {
    return sentiment;
  }

  /**
   * Returns a label's score.
   *
   * @throws ConfigException if it is not one of {@link #labels}
   */
  public float of(Emotion emotion) {
    int at = labels.indexOf(emotion);
    if (at < 0) {
      throw new ConfigException("no score of " + emotion + ", only of " + labels);
    }
    return scores[at];
  }

  /**
   * Returns the score of a label.
   *
   * @param label its index in {@link #labels}
   */
  public float of(int label) {
    return scores[label];
  }

  /**
   * Returns whether the emotion is present, that is, its score is above 0: the dataset authors'
   * rule for the multi-label task.
   */
  public boolean present(Emotion emotion) {
    return of(emotion) > 0;
  }

  /** Returns whether all labels are absent: a valid sample; false for a segment without labels. */
  public boolean none() {
    for (float score : scores) {
      if (score > 0) {
        return false;
      }
    }
    return isLabeled();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EmotionScores that
        && labels.equals(that.labels)
        && Float.compare(sentiment, that.sentiment) == 0
        && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * labels.hashCode() + Float.hashCode(sentiment)) + Arrays.hashCode(scores);
  }

  @Override
  public String toString() {
    return isLabeled()
        ? "sentiment " + sentiment + ", " + labels + " " + Arrays.toString(scores)
        : "unlabeled";
  }

  /** Builds {@link EmotionScores}. */
  public static final class Builder {
    private final List<Emotion> labels;
    private float sentiment = Float.NaN;
    private final float[] scores;

    private Builder(List<Emotion> labels) {
      if (labels != Emotion.MOSEI) {
        labels = List.copyOf(labels);
        if (labels.isEmpty() || new HashSet<>(labels).size() != labels.size()) {
          throw new ConfigException("scores need distinct labels: " + labels);
        }
      }
      this.labels = labels;
      scores = new float[labels.size()];
    }

    /** Sets the sentiment in [-3, 3]. */
    public Builder sentiment(float value) {
      sentiment = value;
      return this;
    }

    /**
     * Sets an emotion's score.
     *
     * @throws ConfigException if it is not one of the labels
     */
    public Builder score(Emotion emotion, float value) {
      int at = labels.indexOf(emotion);
      if (at < 0) {
        throw new ConfigException("no label " + emotion + " among " + labels);
      }
      scores[at] = value;
      return this;
    }

    /** Returns the scores. */
    public EmotionScores build() {
      return new EmotionScores(labels, sentiment, scores.clone());
    }
  }
}
