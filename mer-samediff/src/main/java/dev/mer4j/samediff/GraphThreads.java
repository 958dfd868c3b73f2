package dev.mer4j.samediff;

import dev.mer4j.core.internal.cpu.ThreadBudget;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's own threads, which it would take from all cores; they are the whole process's. */
final class GraphThreads {
  private GraphThreads() {}

  /** Lets ND4J use as many threads as everything else. */
  static void keepToBudget() {
    int threads = ThreadBudget.threads();
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
  }
}
