package dev.mer4j.data.source.pickle;

import java.io.IOException;

/** What mer4j does in place of a call that a pickle asks for. */
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
