package dev.mer4j.samediff;

import dev.mer4j.core.internal.cpu.ThreadBudget;
import org.nd4j.linalg.factory.Nd4j;

/** Limits ND4J's threads, which default to all cores and are shared by the whole process. */
final class GraphThreads {
  private GraphThreads() {}

  /** Sets ND4J's number of threads to the {@link ThreadBudget}. */
  static void applyBudget() {
    int threads = ThreadBudget.threads();
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
  }
}
