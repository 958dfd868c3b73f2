package dev.mer4j.samediff;

import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;

/**
 * Resets SameDiff's cache of arrays, whose list of ids grows with every pass without bound (2 KB
 * per step for a fusion head).
 */
final class GraphSessions {
  private static final String GRADIENTS = "grad";

  private GraphSessions() {}

  /**
   * Replaces the calling thread's caches by empty ones, because SameDiff would log each cache that
   * it creates, and removes those of other threads, which may have ended. No thread may be using
   * the graph.
   */
  static void reset(SameDiff graph) {
    long caller = Thread.currentThread().getId();
    Map<Long, InferenceSession> sessions = graph.getSessions();
    if (sessions.containsKey(caller)) {
      sessions.values().forEach(session -> session.getMmgr().close());
      sessions.clear();
      sessions.put(caller, new InferenceSession(graph));
    }
    SameDiff gradients = graph.getFunction(GRADIENTS);
    if (gradients != null) {
      reset(gradients);
    }
  }
}
