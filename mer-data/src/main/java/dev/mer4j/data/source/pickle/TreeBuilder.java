package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.BooleanNode;
import dev.mer4j.data.source.array.ByteText;
import dev.mer4j.data.source.array.BytesNode;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NullNode;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.TextArray;
import dev.mer4j.data.source.array.TextNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the objects of a pickle into values.
 *
 * <p>An object that several others share is turned once, and counted as often as it is reached: a
 * few kilobytes of pickle can stand for more values than there are atoms.
 */
final class TreeBuilder {
  private static final int DEEPEST = 64;
  private static final long MOST_VALUES = 100_000_000;
  private static final long LONGEST_TEXT = 1 << 24;
  private static final Node NONE = new NullNode();
  private static final Node TRUE = new BooleanNode(true);
  private static final Node FALSE = new BooleanNode(false);

  private final HeapBudget heap;
  private final IdentityHashMap<Object, Built> containers = new IdentityHashMap<>();

  TreeBuilder(HeapBudget heap) {
    this.heap = heap;
  }

  /** Returns the value of the object that a pickle is. */
  Node build(Object root) throws IOException {
    return build(root, "", 0).node;
  }

  /**
   * A value.
   *
   * @param count of the values in it, itself included
   * @param height how deep they are nested
   */
  private record Built(Node node, long count, int height) {
    Built deeper(int levels) {
      return new Built(node, count, height + levels);
    }

    static Built leaf(Node node) {
      return new Built(node, 1, 0);
    }
  }

  private Built build(Object object, String path, int depth) throws IOException {
    heap.chargeNumber();
    Built known = containers.get(object);
    Built built = known == null ? make(object, path, depth) : known;
    if (depth + built.height > DEEPEST) {
      throw fault(path, "nested more than " + DEEPEST + " levels, or contains itself");
    }
    return built;
  }

  private Built make(Object object, String path, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw fault(path, "nested more than " + DEEPEST + " levels, or contains itself");
    }
    if (object instanceof PyDict dict) {
      return keep(object, dict(dict, path, depth));
    }
    if (object instanceof PyList list) {
      Parts parts = parts(list.items, path, depth);
      return keep(object, parts.built(new ListNode(Arrays.asList(parts.nodes))));
    }
    if (object instanceof PyArray array && array.objects() != null) {
      Parts parts = parts(array.objects(), path, depth);
      Node node = TextArray.ofObjects(array.shape(), Arrays.asList(parts.nodes));
      return keep(object, parts.built(node).deeper(array.shape().length));
    }
    return Built.leaf(leaf(object, path));
  }

  private Built keep(Object container, Built built) {
    if (built.count > MOST_VALUES) {
      throw new PickleFault("stands for more than " + MOST_VALUES + " values by references");
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

  private Parts parts(List<Object> items, String path, int depth) throws IOException {
    Node[] nodes = new Node[items.size()];
    long count = 1;
    int height = 0;
    for (int i = 0; i < nodes.length; i++) {
      Built part = build(items.get(i), path.isEmpty() ? "" + i : path + "/" + i, depth + 1);
      nodes[i] = part.node;
      count += part.count;
      height = Math.max(height, part.height + 1);
    }
    return new Parts(nodes, count, height);
  }

  private Built dict(PyDict dict, String path, int depth) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    Map<String, Object> keys = new HashMap<>();
    long count = 1;
    int height = 0;
    for (int i = 0; i < dict.items.size(); i += 2) {
      heap.chargeEntry();
      Object key = dict.items.get(i);
      String name = key(key, path);
      Object other = keys.put(name, key);
      if (other != null && !other.getClass().equals(key.getClass())) {
        throw fault(path, "two keys of different types are both " + name);
      }
      Built value =
          build(dict.items.get(i + 1), path.isEmpty() ? name : path + "/" + name, depth + 1);
      entries.put(name, value.node);
      count += value.count;
      height = Math.max(height, value.height + 1);
    }
    return new Built(new DictNode(entries), count, height);
  }

  private Node leaf(Object object, String path) throws IOException {
    if (object instanceof Node node) {
      return node;
    }
    if (object instanceof PyArray array) {
      Node node = array.array();
      if (node == null) {
        throw fault(path, "corrupt: an array without content");
      }
      return node;
    }
    if (object instanceof String text) {
      return new TextNode(text);
    }
    if (object instanceof PyText text) {
      return new TextNode(text.read(heap));
    }
    if (object instanceof PyBytes bytes) {
      return bytes.isText() && bytes.bytes().length() <= LONGEST_TEXT
          ? new TextNode(text(bytes))
          : new BytesNode(bytes.bytes());
    }
    if (object instanceof Boolean flag) {
      return flag ? TRUE : FALSE;
    }
    if (object instanceof Number number) {
      return new NumberNode(number);
    }
    if (object == PyNone.NONE) {
      return NONE;
    }
    if (object instanceof PyGlobal global) {
      throw fault(path, "refused: " + global.name() + " itself as a value");
    }
    throw fault(path, "corrupt: a value of no known kind");
  }

  private String key(Object key, String path) throws IOException {
    if (key instanceof PyList list && list.isTuple) {
      return tuple(list, path);
    }
    if (key instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    Node node = key instanceof PyList || key instanceof PyDict ? NONE : leaf(key, path);
    if (node instanceof TextNode text) {
      return text.value();
    }
    if (node instanceof NumberNode number) {
      return number.value().toString();
    }
    if (key == PyNone.NONE) {
      return "None";
    }
    throw fault(path, "unsupported: a dict has a key that is no text, number or tuple of them");
  }

  /** Returns a tuple as Python writes it. */
  private String tuple(PyList tuple, String path) throws IOException {
    StringBuilder text = new StringBuilder("(");
    for (Object item : tuple.items) {
      heap.charge(0);
      if (item instanceof PyList) {
        throw fault(path, "unsupported: a dict has a key that is a tuple of tuples");
      }
      String name = key(item, path);
      boolean quoted = item instanceof String || item instanceof PyText || item instanceof PyBytes;
      text.append(text.length() == 1 ? "" : ", ").append(quoted ? "'" + name + "'" : name);
    }
    return text.append(tuple.items.size() == 1 ? ",)" : ")").toString();
  }

  private String text(PyBytes bytes) throws IOException {
    heap.charge(2 * bytes.bytes().length());
    return ByteText.decode(bytes.bytes().bytes(0, (int) bytes.bytes().length()));
  }

  private static PickleFault fault(String path, String problem) {
    return new PickleFault(path.isEmpty() ? problem : path + ": " + problem);
  }
}
