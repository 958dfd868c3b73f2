package dev.mer4j.data;

/**
 * The annotators' averages for one segment: sentiment in [-3, 3], each emotion in [0, 3].
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

  /** Starts with the score 0 everywhere. */
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

  /** Whether the emotion was seen at all: the dataset authors' rule for the multi-label task. */
  public boolean present(Emotion emotion) {
    return of(emotion) > 0;
  }

  /** Whether no emotion was seen: a valid sample, meaning "none of the six". */
  public boolean none() {
    return !(happy > 0 || sad > 0 || anger > 0 || surprise > 0 || disgust > 0 || fear > 0);
  }

  /** Gathers {@link EmotionScores}. */
  public static final class Builder {
    private float sentiment;
    private final float[] scores = new float[Emotion.COUNT];

    private Builder() {}

    /** See {@link EmotionScores#sentiment()}. */
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
