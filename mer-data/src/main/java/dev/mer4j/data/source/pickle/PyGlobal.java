package dev.mer4j.data.source.pickle;

import java.io.IOException;
import java.util.Objects;

/**
 * A function or class that a pickle may name.
 *
 * @param name such as {@code numpy.dtype}
 */
record PyGlobal(String name, PickleCall call) {
  Object apply(PyList arguments, HeapBudget heap) throws IOException {
    return Objects.requireNonNull(call.apply(new PickleArguments(name, arguments.items), heap));
  }

  /** Returns the error about an instance of a class, as old classes of Python 2 are written. */
  PickleFault instanceFault() {
    return new PickleFault("refused: an instance of " + name);
  }
}
