package dev.mer4j.data.source.pickle;

import java.util.ArrayList;
import java.util.List;

/** A dict: keys and values in turn. */
final class PyDict {
  final List<Object> items = new ArrayList<>(0);
}
