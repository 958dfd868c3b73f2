package dev.mer4j.onnx;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.SegmentSet;
import java.nio.file.Path;

/**
 * The result of running an ONNX file with ONNX Runtime and comparing it with the model.
 *
 * @param segments the number of compared segments
 * @param largestDifference the largest absolute difference of two probabilities
 * @param differentDecisions the number of decisions that differ, although their probabilities
 *     differ from the threshold, or from the other classes', by more than {@link #TOLERANCE}
 */
public record OnnxVerification(int segments, double largestDifference, int differentDecisions) {
  /** The largest accepted difference of probabilities, far above that of single precision. */
  public static final double TOLERANCE = 1e-5;

  private static final int BATCH = 16;

  /** Returns whether the file computes the model's predictions within {@link #TOLERANCE}. */
  public boolean isPassed() {
    return largestDifference <= TOLERANCE && differentDecisions == 0;
  }

  /**
   * Compares the predictions of random segments: sequences of 1 to 40 steps, with every set of
   * available modalities.
   *
   * @throws ConfigException if ONNX Runtime is not on the class path
   * @throws dev.mer4j.FileException if ONNX Runtime refuses the file
   */
  public static OnnxVerification of(Path file, MultimodalModel model) {
    return of(file, model, new RandomSegments(model).segments());
  }

  /**
   * Compares the predictions of segments, in batches of 16 or of the model's {@code paddedBatch}. A
   * modality that a segment has without any step counts as absent in the file.
   *
   * @throws ConfigException if ONNX Runtime is not on the class path
   * @throws dev.mer4j.FileException if ONNX Runtime refuses the file
   */
  public static OnnxVerification of(Path file, MultimodalModel model, SegmentSet segments) {
    requireRuntime();
    Predictions expected = model.predict(segments);
    Differences differences = new Differences(expected);
    int batch = model.config().paddedBatch() > 0 ? model.config().paddedBatch() : BATCH;
    try (RuntimeSession session = new RuntimeSession(file, model.config())) {
      for (int from = 0; from < segments.size(); from += batch) {
        int to = Math.min(from + batch, segments.size());
        differences.add(from, session.run(segments, from, to));
      }
    }
    return new OnnxVerification(
        segments.size(), differences.largest(), differences.differentDecisions());
  }

  private static void requireRuntime() {
    try {
      Class.forName(
          "ai.onnxruntime.OrtEnvironment", false, OnnxVerification.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      ConfigException missing =
          new ConfigException(
              "the verification requires ONNX Runtime; add the jar of"
                  + " com.microsoft.onnxruntime:onnxruntime to the class path");
      missing.initCause(e);
      throw missing;
    }
  }
}
