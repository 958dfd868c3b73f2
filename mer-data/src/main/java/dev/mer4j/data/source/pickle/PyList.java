package dev.mer4j.data.source.pickle;

import java.util.ArrayList;
import java.util.List;

/** A list, tuple or set. A pickle may add to one, even a list to itself. */
final class PyList {
  final List<Object> items;
  final boolean isTuple;

  PyList(boolean isTuple, List<Object> items) {
    this.isTuple = isTuple;
    this.items = items;
  }

  static PyList tuple(List<Object> items) {
    return new PyList(true, items);
  }

  static PyList list() {
    return new PyList(false, new ArrayList<>(0));
  }
}
