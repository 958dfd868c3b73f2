package dev.mer4j.data.source.pickle;

import java.util.List;

/**
 * Determines the place of the object that a pickle is making from the objects on its stack.
 *
 * <p>Python adds items to a dict or a list in batches of 1000, whose items lie above a mark, or one
 * by one: the container, the key and the parts of the value then follow each other without a mark.
 */
final class PickleTrace {
  private static final int BATCH = 1000;

  private final KeyPath path = new KeyPath();
  private boolean inCall;

  private PickleTrace() {}

  /**
   * Returns the place, as far as it is known.
   *
   * @param items of the stack
   * @param marks the number of items below each mark
   */
  static KeyPath of(List<Object> items, List<Integer> marks) {
    PickleTrace trace = new PickleTrace();
    int start = 0;
    for (int frame = 0; frame <= marks.size() && !trace.inCall; frame++) {
      int end = frame < marks.size() ? marks.get(frame) : items.size();
      boolean owned = start > 0 && (frame < 2 || marks.get(frame - 2) < start);
      trace.add(
          owned ? items.get(start - 1) : PyNone.NONE,
          items.subList(start, end),
          frame < marks.size(),
          frame == 0);
      start = end;
    }
    return trace.path;
  }

  /**
   * Adds the keys of the items above a mark.
   *
   * @param owner the object below the mark
   * @param more whether another mark follows
   * @param bottom whether these are the first items of the stack
   */
  private void add(Object owner, List<Object> frame, boolean more, boolean bottom) {
    if (owner instanceof PyGlobal || owner instanceof PyDtype) {
      inCall = true;
    } else if (bottom && !frame.isEmpty()) {
      addOneByOne(frame.get(0), rest(frame, 1));
    } else if (owner instanceof PyDict dict && isBetweenBatches(dict.items, 2)) {
      addPairs(frame, more);
    } else {
      boolean list = owner instanceof PyList own && !own.isTuple && isBetweenBatches(own.items, 1);
      addItems(list ? ((PyList) owner).items.size() : -1, frame, more);
    }
  }

  private static boolean isBetweenBatches(List<Object> items, int each) {
    return items.size() % (each * BATCH) == 0;
  }

  private void addPairs(List<Object> frame, boolean more) {
    for (int i = 0; i < frame.size(); i += 2) {
      if (i > 0 && isObject(frame.get(i))) {
        // Not a key: the value before it is the first item of a tuple.
        enter(frame.get(i - 2));
        addItems(-1, rest(frame, i - 1), more);
        return;
      }
      boolean keyOnly = i + 1 == frame.size();
      if (keyOnly || isUnfinished(frame.get(i + 1), rest(frame, i + 2), more)) {
        enter(frame.get(i));
        if (!keyOnly) {
          addOneByOne(frame.get(i + 1), rest(frame, i + 2));
        }
        return;
      }
    }
  }

  /**
   * Adds the index of an item.
   *
   * @param from of the first item; -1 if they have no index
   */
  private void addItems(int from, List<Object> frame, boolean more) {
    int at = 0;
    while (at < frame.size() && !isUnfinished(frame.get(at), rest(frame, at + 1), more)) {
      at++;
    }
    if (from >= 0) {
      path.enter(Integer.toString(from + at));
    }
    if (at < frame.size()) {
      addOneByOne(frame.get(at), rest(frame, at + 1));
    }
  }

  /**
   * Adds the keys of a container, and of those in it, whose items are added without a mark, to the
   * depth that is allowed.
   */
  private void addOneByOne(Object container, List<Object> rest) {
    Object current = container;
    int at = 0;
    while (at < rest.size() && path.depth() <= TreeBuilder.DEEPEST) {
      if (current instanceof PyDict) {
        enter(rest.get(at++));
      } else if (current instanceof PyList list && !list.isTuple) {
        path.enter(Integer.toString(list.items.size()));
      } else {
        break;
      }
      if (at == rest.size()) {
        return;
      }
      current = rest.get(at++);
    }
    inCall |= current instanceof PyGlobal;
  }

  /**
   * Returns whether what follows an object belongs to it.
   *
   * @param more whether a mark follows the rest
   */
  private static boolean isUnfinished(Object item, List<Object> rest, boolean more) {
    boolean last = rest.isEmpty();
    if (item instanceof PyDict dict) {
      return isBetweenBatches(dict.items, 2) && (last ? more : isKey(rest.get(0)));
    }
    if (item instanceof PyList list && !list.isTuple) {
      return isBetweenBatches(list.items, 1) && (last ? more : !isKey(rest.get(0)));
    }
    return item instanceof PyGlobal || (item instanceof PyArray array && array.isEmpty());
  }

  private static boolean isObject(Object item) {
    return item instanceof PyDict
        || item instanceof PyArray
        || (item instanceof PyList list && !list.isTuple);
  }

  private static boolean isKey(Object item) {
    return item instanceof String || item instanceof Long || isText(item);
  }

  private static boolean isText(Object item) {
    return item instanceof PyBytes bytes && bytes.isText();
  }

  private void enter(Object key) {
    if (key instanceof String || key instanceof Long) {
      path.enter(key.toString());
    } else if (isText(key)) {
      try {
        path.enter(new PickleArguments("a key", List.of(key)).text(0));
      } catch (PickleFault e) {
        path.enter("…");
      }
    }
  }

  private static List<Object> rest(List<Object> items, int from) {
    return items.subList(Math.min(from, items.size()), items.size());
  }
}
