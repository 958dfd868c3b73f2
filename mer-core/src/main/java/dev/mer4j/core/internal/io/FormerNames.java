package dev.mer4j.core.internal.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/** Names of settings and backends in earlier versions, so that their files stay readable. */
public final class FormerNames {
  private static final String BACKEND = "backend";
  private static final Map<String, String> KEYS =
      Map.of(
          "engine", BACKEND,
          "headWidth", "headHidden",
          "focus", "focalGamma",
          "tally", "totals");
  private static final Map<String, String> BACKENDS =
      Map.of("packed", "native", "packed-bf16", "native-bf16");

  private FormerNames() {}

  /** Returns the current name of a backend. */
  public static String backend(String name) {
    return BACKENDS.getOrDefault(name, name);
  }

  /**
   * Replaces former keys and former names of backends in a JSON value, recursively. A former key
   * next to its current one is kept, so that parsing rejects it.
   */
  public static void replace(JsonNode json) {
    if (json instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
        String key = KEYS.getOrDefault(field.getKey(), field.getKey());
        if (!key.equals(field.getKey()) && !object.has(key)) {
          object.set(key, object.remove(field.getKey()));
        }
      }
      JsonNode backend = object.get(BACKEND);
      if (backend != null && backend.isTextual()) {
        object.set(BACKEND, TextNode.valueOf(backend(backend.textValue())));
      }
    }
    json.forEach(FormerNames::replace);
  }
}
