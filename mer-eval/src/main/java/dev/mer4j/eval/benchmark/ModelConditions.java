package dev.mer4j.eval.benchmark;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;

/** Predicts segments with one of this library's models under every condition of a benchmark. */
public final class ModelConditions {
  private ModelConditions() {}

  /** Receives the predictions for each condition. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Called once for each condition, in their order.
     *
     * @param done the number of conditions predicted so far, including this one
     */
    void predicted(Condition condition, Predictions predictions, int done);
  }

  /**
   * Predicts the segments that the masks were made for. The encoders run once for all conditions
   * that remove whole modalities, and once for each other condition.
   */
  public static void predict(
      MultimodalModel model, SegmentSet segments, BenchmarkMasks masks, Receiver receiver) {
    model.config().labels().requireLabels(segments.labels());
    Encodings whole = model.encode(segments);
    int done = 0;
    for (Condition condition : masks.conditions()) {
      done++;
      receiver.predicted(condition, predict(model, segments, masks, condition, whole), done);
    }
  }

  private static Predictions predict(
      MultimodalModel model,
      SegmentSet segments,
      BenchmarkMasks masks,
      Condition condition,
      Encodings whole) {
    if (condition.protocol().removesModalities()) {
      Presence left =
          Presence.of(masks.segments().stream().map(each -> masks.left(condition, each)).toList());
      return model.predict(whole, whole.presence().and(left));
    }
    Encodings degraded =
        model.encode(new DegradedSegments(segments, condition, masks, model.standardization()));
    return model.predict(degraded, degraded.presence());
  }
}
