package dev.mer4j.data.source.pickle;

import java.io.IOException;

/** The substitute for a function that a pickle calls. */
@FunctionalInterface
public interface PickleCall {
  /**
   * Returns the object that the call stands for.
   *
   * @param heap counts what is kept in memory
   * @throws PickleFault if the arguments are none that its writer gives
   */
  Object apply(PickleArguments arguments, HeapBudget heap) throws IOException;
}
