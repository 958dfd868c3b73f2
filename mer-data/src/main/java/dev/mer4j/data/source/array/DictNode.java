package dev.mer4j.data.source.array;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, in the file's order. Keys that are not text are written as Python writes them,
 * such as {@code 12} or {@code (3, 7)}.
 */
public record DictNode(Map<String, Node> entries) implements Node {
  public DictNode {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Returns the value of a key, or null. */
  public @Nullable Node get(String key) {
    return entries.get(key);
  }

  @Override
  public String describe() {
    return "a dict of " + entries.size();
  }
}
