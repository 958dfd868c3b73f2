package dev.mer4j.samediff;

import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;

/**
 * Resets SameDiff's cache of arrays, whose list of ids grows with every pass without bound (2 KB
 * per step for a fusion head).
 */
final class GraphSessions {
  private static final String GRADIENTS = "grad";

  private GraphSessions() {}

  /** Replaces the caches by empty ones; SameDiff would log each cache that it creates. */
  static void reset(SameDiff graph) {
    graph
        .getSessions()
        .replaceAll(
            (thread, session) -> {
              session.getMmgr().close();
              return new InferenceSession(graph);
            });
    SameDiff gradients = graph.getFunction(GRADIENTS);
    if (gradients != null) {
      reset(gradients);
    }
  }
}
