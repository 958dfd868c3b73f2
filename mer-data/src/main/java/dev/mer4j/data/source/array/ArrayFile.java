package dev.mer4j.data.source.array;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open file of arrays: a tree of dicts and lists, whose arrays are read from the file on demand.
 *
 * <p>A place in the tree is a path of keys and list indices, such as {@code train/audio} or {@code
 * 0/audio}. Not safe for use by several threads.
 */
public final class ArrayFile implements AutoCloseable {
  private static final int KEYS_SHOWN = 12;

  private final Path path;
  private final String form;
  private final Node root;
  private final Closeable resources;

  /**
   * @param form such as {@code pickle} or {@code npz}
   * @param resources closed with this
   */
  public ArrayFile(Path path, String form, Node root, Closeable resources) {
    this.path = path;
    this.form = form;
    this.root = root;
    this.resources = resources;
  }

  public Path path() {
    return path;
  }

  /** Returns the form of the file: pickle, npy, npz, torch or safetensors. */
  public String form() {
    return form;
  }

  public Node root() {
    return root;
  }

  /** Returns the value at a place, or null if there is none. */
  public @Nullable Node find(String... keys) {
    Node node = root;
    for (String key : keys) {
      node = node == null ? null : child(node, key);
    }
    return node;
  }

  /**
   * Returns the value at a place.
   *
   * @throws FileException if there is none, or it is of another kind
   */
  public <T extends Node> T get(Class<T> kind, String... keys) {
    Node node = root;
    for (int i = 0; i < keys.length; i++) {
      Node next = child(node, keys[i]);
      if (next == null) {
        throw new FileException(
            path, "has no " + place(keys, i + 1) + "; " + contents(place(keys, i), node));
      }
      node = next;
    }
    if (!kind.isInstance(node)) {
      throw new FileException(
          path,
          place(keys, keys.length) + " is " + node.describe() + ", expected " + expected(kind));
    }
    return kind.cast(node);
  }

  /** Returns every numeric array by its path, such as {@code train/audio}, in the file's order. */
  public Map<String, NumericArray> numericArrays() {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    collect("", root, arrays);
    return arrays;
  }

  @Override
  public void close() {
    try {
      resources.close();
    } catch (IOException e) {
      throw new FileException(path, ReadFailure.reason(path, e), e);
    }
  }

  private static @Nullable Node child(Node node, String key) {
    if (node instanceof DictNode dict) {
      return dict.get(key);
    }
    if (node instanceof ListNode list && key.matches("\\d{1,9}")) {
      int index = Integer.parseInt(key);
      return index < list.items().size() ? list.items().get(index) : null;
    }
    return null;
  }

  private static String place(String[] keys, int count) {
    return count == 0 ? "the top level" : String.join("/", List.of(keys).subList(0, count));
  }

  private static String contents(String place, Node node) {
    if (!(node instanceof DictNode dict)) {
      return place + " is " + node.describe();
    }
    List<String> keys = List.copyOf(dict.entries().keySet());
    String shown = String.join(", ", keys.subList(0, Math.min(KEYS_SHOWN, keys.size())));
    return place + " has " + shown + (keys.size() > KEYS_SHOWN ? ", …" : "");
  }

  private static String expected(Class<? extends Node> kind) {
    return kind == NumericArray.class
        ? "an array of numbers"
        : kind == TextArray.class
            ? "an array of texts"
            : "a " + kind.getSimpleName().replace("Node", "").toLowerCase(Locale.ROOT);
  }

  private static void collect(String path, Node node, Map<String, NumericArray> arrays) {
    if (node instanceof NumericArray array) {
      arrays.put(path, array);
    } else if (node instanceof DictNode dict) {
      dict.entries().forEach((key, value) -> collect(join(path, key), value, arrays));
    } else if (node instanceof ListNode list) {
      for (int i = 0; i < list.items().size(); i++) {
        collect(join(path, Integer.toString(i)), list.items().get(i), arrays);
      }
    }
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "/" + key;
  }
}
