package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.BooleanNode;
import dev.mer4j.data.source.array.ByteText;
import dev.mer4j.data.source.array.BytesNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NullNode;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.TextNode;
import java.io.IOException;

/** Converts the objects of a pickle that contain no others to values, and keys of dicts to text. */
final class LeafBuilder {
  private static final long LONGEST_TEXT = 1 << 24;
  private static final Node NONE = new NullNode();
  private static final Node TRUE = new BooleanNode(true);
  private static final Node FALSE = new BooleanNode(false);

  private final HeapBudget heap;
  private final KeyPath path;

  /**
   * @param path of the object that is converted, for messages
   */
  LeafBuilder(HeapBudget heap, KeyPath path) {
    this.heap = heap;
    this.path = path;
  }

  /** Returns the value of an object. */
  Node leaf(Object object) throws IOException {
    if (object instanceof Node node) {
      return node;
    }
    if (object instanceof PyArray array) {
      Node node = array.array();
      if (node == null) {
        throw path.fault("corrupt: an array without content");
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
      throw path.fault("refused: " + global.name() + " itself as a value");
    }
    throw path.fault(
        "unsupported: a value that is no dict, list, text, number or array, such as a torch"
            + " storage; save tensors or numpy arrays");
  }

  /** Returns a key as Python writes it, but text without quotes. */
  String key(Object key) throws IOException {
    if (key instanceof PyList list && list.isTuple) {
      return tuple(list);
    }
    if (key instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    Node node = key instanceof PyList || key instanceof PyDict ? NONE : leaf(key);
    if (node instanceof TextNode text) {
      return text.value();
    }
    if (node instanceof NumberNode number) {
      return number.value().toString();
    }
    if (key == PyNone.NONE) {
      return "None";
    }
    throw path.fault("unsupported: a dict has a key that is no text, number or tuple of them");
  }

  /** Returns a tuple as Python writes it. */
  private String tuple(PyList tuple) throws IOException {
    StringBuilder text = new StringBuilder("(");
    for (Object item : tuple.items) {
      heap.charge(0);
      if (item instanceof PyList) {
        throw path.fault("unsupported: a dict has a key that is a tuple of tuples");
      }
      String name = key(item);
      boolean quoted = item instanceof String || item instanceof PyText || item instanceof PyBytes;
      text.append(text.length() == 1 ? "" : ", ").append(quoted ? "'" + name + "'" : name);
    }
    return text.append(tuple.items.size() == 1 ? ",)" : ")").toString();
  }

  private String text(PyBytes bytes) throws IOException {
    heap.charge(2 * bytes.bytes().length());
    return ByteText.decode(bytes.bytes().bytes(0, (int) bytes.bytes().length()));
  }
}
