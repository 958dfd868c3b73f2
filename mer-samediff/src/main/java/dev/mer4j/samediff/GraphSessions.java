package dev.mer4j.samediff;

import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;

/**
 * What SameDiff keeps between two passes: a cache of arrays, whose list of ids grows with every
 * pass and is never cut (2 KB a step for a fusion head).
 */
final class GraphSessions {
  private static final String GRADIENTS = "grad";

  private GraphSessions() {}

  /** Closes the caches and starts new ones; SameDiff itself would log each that it starts. */
  static void forget(SameDiff graph) {
    graph
        .getSessions()
        .replaceAll(
            (thread, session) -> {
              session.getMmgr().close();
              return new InferenceSession(graph);
            });
    SameDiff gradients = graph.getFunction(GRADIENTS);
    if (gradients != null) {
      forget(gradients);
    }
  }
}
