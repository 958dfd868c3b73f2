package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.TextArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts the objects of a pickle to values.
 *
 * <p>An object that several others share is converted once, and counted as often as it is
 * referenced: a few kilobytes can represent an unlimited number of values.
 */
final class TreeBuilder {
  static final int DEEPEST = 64;
  private static final long MOST_VALUES = 100_000_000;

  private final HeapBudget heap;
  private final KeyPath path = new KeyPath();
  private final LeafBuilder leaves;
  private final IdentityHashMap<Object, Built> containers = new IdentityHashMap<>();

  /** The depths of the containers that are being converted. */
  private final IdentityHashMap<Object, Integer> open = new IdentityHashMap<>();

  TreeBuilder(HeapBudget heap) {
    this.heap = heap;
    leaves = new LeafBuilder(heap, path);
  }

  /** Returns the value of the object that a pickle is. */
  Node build(Object root) throws IOException {
    return value(root).node;
  }

  /**
   * A value.
   *
   * @param count of the values in it, itself included
   * @param height the depth of their nesting
   */
  private record Built(Node node, long count, int height) {
    Built deeper(int levels) {
      return new Built(node, count, height + levels);
    }

    static Built leaf(Node node) {
      return new Built(node, 1, 0);
    }
  }

  private Built value(Object object) throws IOException {
    heap.chargeNumber();
    Built known = containers.get(object);
    Built built = known == null ? make(object) : known;
    requireDepth(path.depth() + built.height);
    return built;
  }

  private Built make(Object object) throws IOException {
    requireDepth(path.depth());
    boolean container =
        object instanceof PyDict || object instanceof PyList || object instanceof PyArray;
    if (!container) {
      return Built.leaf(leaves.leaf(object));
    }
    Integer outer = open.putIfAbsent(object, path.depth());
    if (outer != null) {
      throw path.fault(
          "unsupported: a self-reference to "
              + (outer == 0 ? "the top level" : path.upTo(outer))
              + "; save the data without it");
    }
    Built built = container(object);
    open.remove(object);
    return built;
  }

  private Built container(Object object) throws IOException {
    if (object instanceof PyDict dict) {
      return keep(object, dict(dict));
    }
    if (object instanceof PyList list) {
      Parts parts = parts(list.items);
      return keep(object, parts.built(new ListNode(Arrays.asList(parts.nodes))));
    }
    if (object instanceof PyArray array && array.objects() != null) {
      Parts parts = parts(array.objects());
      Node node = TextArray.ofObjects(array.shape(), Arrays.asList(parts.nodes));
      return keep(object, parts.built(node).deeper(array.shape().length));
    }
    return Built.leaf(leaves.leaf(object));
  }

  private void requireDepth(int depth) {
    if (depth > DEEPEST) {
      throw path.fault("nested more than " + DEEPEST + " levels");
    }
  }

  private Built keep(Object container, Built built) {
    if (built.count > MOST_VALUES) {
      throw new PickleFault("represents more than " + MOST_VALUES + " values by references");
    }
    heap.chargeEntry();
    containers.put(container, built);
    return built;
  }

  /** The values of a container's items. */
  private record Parts(Node[] nodes, long count, int height) {
    Built built(Node node) {
      return new Built(node, count, height);
    }
  }

  private Parts parts(List<Object> items) throws IOException {
    Node[] nodes = new Node[items.size()];
    long count = 1;
    int height = 0;
    for (int i = 0; i < nodes.length; i++) {
      path.enter(Integer.toString(i));
      Built part = value(items.get(i));
      path.leave();
      nodes[i] = part.node;
      count += part.count;
      height = Math.max(height, part.height + 1);
    }
    return new Parts(nodes, count, height);
  }

  private Built dict(PyDict dict) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    Map<String, Object> keys = new HashMap<>();
    long count = 1;
    int height = 0;
    for (int i = 0; i < dict.items.size(); i += 2) {
      heap.chargeEntry();
      Object key = dict.items.get(i);
      String name = leaves.key(key);
      Object other = keys.put(name, key);
      if (other != null && !other.getClass().equals(key.getClass())) {
        throw path.fault("two keys of different types are both " + name);
      }
      path.enter(name);
      Built value = value(dict.items.get(i + 1));
      path.leave();
      entries.put(name, value.node);
      count += value.count;
      height = Math.max(height, value.height + 1);
    }
    return new Built(new DictNode(entries), count, height);
  }
}
