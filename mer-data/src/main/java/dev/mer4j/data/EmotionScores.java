package dev.mer4j.data;

/**
 * The mean annotator scores of one segment: sentiment in [-3, 3], each emotion in [0, 3].
 *
 * @param sentiment NaN where the label file has no such column
 */
public record EmotionScores(
    float sentiment,
    float happy,
    float sad,
    float anger,
    float surprise,
    float disgust,
    float fear) {

  /** Returns a builder with all scores 0. */
  public static Builder builder() {
    return new Builder();
  }

  public float of(Emotion emotion) {
    return switch (emotion) {
      case HAPPY -> happy;
      case SAD -> sad;
      case ANGER -> anger;
      case SURPRISE -> surprise;
      case DISGUST -> disgust;
      case FEAR -> fear;
    };
  }

  /**
   * Returns whether the emotion is present, that is, its score is above 0: the dataset authors'
   * rule for the multi-label task.
   */
  public boolean present(Emotion emotion) {
    return of(emotion) > 0;
  }

  /** Returns whether all emotions are absent: a valid sample that shows none of the six. */
  public boolean none() {
    return !(happy > 0 || sad > 0 || anger > 0 || surprise > 0 || disgust > 0 || fear > 0);
  }

  /** Builds {@link EmotionScores}. */
  public static final class Builder {
    private float sentiment;
    private final float[] scores = new float[Emotion.COUNT];

    private Builder() {}

    /** Sets the sentiment in [-3, 3]. */
    public Builder sentiment(float value) {
      sentiment = value;
      return this;
    }

    /** Sets an emotion's score. */
    public Builder score(Emotion emotion, float value) {
      scores[emotion.ordinal()] = value;
      return this;
    }

    /** Returns the scores. */
    public EmotionScores build() {
      return new EmotionScores(
          sentiment, scores[0], scores[1], scores[2], scores[3], scores[4], scores[5]);
    }
  }
}
