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

  /** Returns the place of the object being made, as far as it is known. */
  KeyPath keyPath() {
    return PickleTrace.of(items, marks);
  }
}
