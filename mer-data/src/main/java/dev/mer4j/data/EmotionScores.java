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
}
