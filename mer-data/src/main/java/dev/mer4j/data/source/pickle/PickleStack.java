package dev.mer4j.data.source.pickle;

import java.util.ArrayList;
import java.util.List;

/** The objects that a pickle has made and not yet put into others. */
final class PickleStack {
  private final HeapBudget heap;
  private final List<Object> items = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  PickleStack(HeapBudget heap) {
    this.heap = heap;
  }

  void push(Object item) {
    items.add(item);
    heap.checkReferences(items.size());
  }

  Object pop() {
    Object top = peek();
    items.remove(items.size() - 1);
    return top;
  }

  Object peek() {
    if (items.size() <= frameStart()) {
      throw new PickleFault("corrupt: an object is missing");
    }
    return items.get(items.size() - 1);
  }

  /** Returns the last object, which must be of a class. */
  <T> T peek(Class<T> kind) {
    Object top = peek();
    if (!kind.isInstance(top)) {
      throw new PickleFault("corrupt: an object is of another kind than its use");
    }
    return kind.cast(top);
  }

  void mark() {
    marks.add(items.size());
    heap.checkReferences(4L * marks.size());
  }

  /** Takes the last objects, in their order. */
  List<Object> pop(int count) {
    if (items.size() - count < frameStart()) {
      throw new PickleFault("corrupt: an object is missing");
    }
    return take(items.size() - count);
  }

  /** Takes the objects since the last mark, and the mark. */
  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw new PickleFault("corrupt: a mark is missing");
    }
    return take(marks.remove(marks.size() - 1));
  }

  /** Drops the last object, or the mark if nothing follows it. */
  void drop() {
    if (!marks.isEmpty() && items.size() == frameStart()) {
      marks.remove(marks.size() - 1);
    } else {
      pop();
    }
  }

  private List<Object> take(int from) {
    List<Object> top = items.subList(from, items.size());
    List<Object> taken = new ArrayList<>(top);
    top.clear();
    return taken;
  }

  private int frameStart() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  /**
   * Returns the keys and indices under which the objects being made will be put, as far as known.
   */
  String keyPath() {
    StringBuilder path = new StringBuilder();
    int start = 0;
    for (int frame = 0; frame <= marks.size() && path.length() < 200; frame++) {
      int end = frame < marks.size() ? marks.get(frame) : items.size();
      Object container = start == 0 ? PyNone.NONE : items.get(start - 1);
      if (container instanceof PyDict) {
        append(path, key(items.subList(start, end)));
      } else if (container instanceof PyList list && !list.isTuple) {
        int index = unfinished(items.subList(start, end), frame < marks.size());
        append(path, Integer.toString(list.items.size() + index));
      }
      appendLoose(path, items.subList(start, end), container instanceof PyDict);
      start = end;
    }
    return path.toString();
  }

  /** Returns the index of the item that is being made: from a function on, or the next one. */
  private static int unfinished(List<Object> frame, boolean continued) {
    for (int i = 0; i < frame.size(); i++) {
      if (frame.get(i) instanceof PyGlobal) {
        return i;
      }
    }
    if (frame.isEmpty()) {
      return 0;
    }
    int last = frame.size() - 1;
    return continued || (frame.get(last) instanceof PyArray array && array.isEmpty())
        ? last
        : frame.size();
  }

  /** A dict of one item is filled without a mark: dict, key, value. */
  private static void appendLoose(StringBuilder path, List<Object> frame, boolean keyed) {
    for (int i = Math.max(0, frame.size() - 8); i + 1 < frame.size(); i++) {
      boolean isValue = !keyed || i % 2 == 1;
      if (isValue && frame.get(i) instanceof PyDict && frame.get(i + 1) instanceof String key) {
        append(path, key);
      }
    }
  }

  /** Returns the key whose value is being made: keys and values take turns up to a function. */
  private static String key(List<Object> frame) {
    String key = "";
    for (int i = 0; i < frame.size(); i += 2) {
      if (!(frame.get(i) instanceof String text)) {
        break;
      }
      key = text;
      if (i + 1 < frame.size() && frame.get(i + 1) instanceof PyGlobal) {
        break;
      }
    }
    return key;
  }

  private static void append(StringBuilder path, String key) {
    if (!key.isEmpty()) {
      path.append(path.isEmpty() ? "" : "/");
      path.append(key, 0, Math.min(60, key.length()));
    }
  }
}
