package dev.mer4j.onnx;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.SegmentSet;
import java.nio.file.Path;

/**
 * The result of running an ONNX file with ONNX Runtime and comparing it with the model.
 *
 * @param segments the number of compared segments
 * @param largestDifference the largest absolute difference of two probabilities, attention weights
 *     or contributions; relative for contributions above 1. Calibrated probabilities are compared
 *     with those of the file's probabilities.
 * @param differentDecisions the number of decisions that the model's thresholds do not give for the
 *     file's probabilities
 */
public record OnnxVerification(int segments, double largestDifference, int differentDecisions) {
  /** The largest accepted difference, far above that of single precision. */
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
   * @throws ConfigException if ONNX Runtime is not on the class path, or cannot run on this machine
   * @throws dev.mer4j.FileException if ONNX Runtime refuses the file, or it lacks an input or
   *     output of the model
   */
  public static OnnxVerification of(Path file, MultimodalModel model) {
    return of(file, model, new RandomSegments(model).segments());
  }

  /**
   * Compares the predictions of segments, in batches of 16 or of the model's {@code paddedBatch}. A
   * modality that a segment has without any step is absent in the file, and differs.
   *
   * @throws ConfigException if ONNX Runtime is not on the class path, or cannot run on this machine
   * @throws dev.mer4j.FileException if ONNX Runtime refuses the file, or it lacks an input or
   *     output of the model
   */
  public static OnnxVerification of(Path file, MultimodalModel model, SegmentSet segments) {
    requireRuntime();
    try (RuntimeSession session = new RuntimeSession(file, model)) {
      return of(session, model, segments);
    }
  }

  /** Compares the predictions of segments with those of a session. */
  static OnnxVerification of(RuntimeSession session, MultimodalModel model, SegmentSet segments) {
    Differences differences =
        new Differences(
            model.predict(segments),
            model.config().inputs().modalities(),
            model.config().head().terms());
    int batch = model.config().paddedBatch() > 0 ? model.config().paddedBatch() : BATCH;
    for (int from = 0; from < segments.size(); from += batch) {
      int to = Math.min(from + batch, segments.size());
      differences.add(from, session.run(segments, from, to));
    }
    return new OnnxVerification(
        segments.size(), differences.largest(), differences.differentDecisions());
  }

  /**
   * Checks that ONNX Runtime is available.
   *
   * @throws ConfigException if it is not on the class path
   */
  public static void requireRuntime() {
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
