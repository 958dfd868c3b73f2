package dev.mer4j.benchmarks;

import dev.mer4j.core.MultimodalModel;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reports the distance between the parameters of two trained models: {@code DriftReport RUN/model
 * OTHER/model}.
 */
public final class DriftReport {
  private DriftReport() {}

  /**
   * Prints the digests, the distance relative to the first model's norm, and the largest
   * difference.
   */
  public static void main(String[] args) {
    try (MultimodalModel one = MultimodalModel.load(Path.of(args[0]));
        MultimodalModel other = MultimodalModel.load(Path.of(args[1]))) {
      float[] a = one.parameters().values();
      float[] b = other.parameters().values();
      double squares = 0;
      double distance = 0;
      double largest = 0;
      for (int i = 0; i < a.length; i++) {
        double difference = (double) a[i] - b[i];
        squares += (double) a[i] * a[i];
        distance += difference * difference;
        largest = Math.max(largest, Math.abs(difference));
      }
      System.out.printf(
          Locale.ROOT,
          "%s%n%s%nrelative distance %.2e, largest difference %.2e%n",
          one.parameters().sha256(),
          other.parameters().sha256(),
          Math.sqrt(distance / squares),
          largest);
    }
  }
}
