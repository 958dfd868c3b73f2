package dev.mer4j.core.internal.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object strictly: each has exactly the type that is asked for, and
 * {@link #requireAllRead} checks that none is left.
 */
public final class JsonFields {
  private final JsonNode json;
  private final List<JsonFields> objects = new ArrayList<>();
  private int count;

  /** A field that is missing, has another type or is left. */
  public static final class FormException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private FormException() {
      super("not the expected form", null, false, false);
    }
  }

  /**
   * Creates a reader of an object.
   *
   * @throws FormException if the value is not an object; so do all methods
   */
  public JsonFields(JsonNode json) {
    require(json.isObject());
    this.json = json;
  }

  private static void require(boolean form) {
    if (!form) {
      throw new FormException();
    }
  }

  /** Checks that all fields, and those of the objects among them, have been read once each. */
  public void requireAllRead() {
    require(count == json.size());
    for (JsonFields object : objects) {
      object.requireAllRead();
    }
  }

  private JsonNode get(String key) {
    @Nullable JsonNode value = json.get(key);
    if (value == null) {
      throw new FormException();
    }
    count++;
    return value;
  }

  /** Returns whether the object has a field. */
  public boolean has(String key) {
    return json.has(key);
  }

  /** Returns an integer of 32 bits. */
  public int integer(String key) {
    return integer(get(key));
  }

  /** Returns a number that is written with a fraction or an exponent. */
  public double number(String key) {
    return number(get(key));
  }

  /** Returns a string. */
  public String text(String key) {
    return text(get(key));
  }

  /** Returns an array of numbers, as {@link #number}. */
  public List<Double> numbers(String key) {
    return numbers(get(key));
  }

  /** Returns an array of strings. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : array(get(key))) {
      texts.add(text(each));
    }
    return texts;
  }

  /** Returns a reader of an object. */
  public JsonFields object(String key) {
    JsonFields object = new JsonFields(get(key));
    objects.add(object);
    return object;
  }

  /** Returns an object whose fields are integers, in its order. */
  public Map<String, Integer> integersByKey(String key) {
    Map<String, Integer> integers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : fields(get(key))) {
      integers.put(each.getKey(), integer(each.getValue()));
    }
    return integers;
  }

  /** Returns an object whose fields are arrays of numbers, in its order. */
  public Map<String, List<Double>> numbersByKey(String key) {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : fields(get(key))) {
      numbers.put(each.getKey(), numbers(each.getValue()));
    }
    return numbers;
  }

  private static int integer(JsonNode value) {
    require(value.isInt());
    return value.intValue();
  }

  private static double number(JsonNode value) {
    require(value.isDouble());
    return value.doubleValue();
  }

  private static String text(JsonNode value) {
    require(value.isTextual());
    return value.textValue();
  }

  private static List<Double> numbers(JsonNode value) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode each : array(value)) {
      numbers.add(number(each));
    }
    return numbers;
  }

  private static JsonNode array(JsonNode value) {
    require(value.isArray());
    return value;
  }

  private static Iterable<Map.Entry<String, JsonNode>> fields(JsonNode value) {
    require(value.isObject());
    return value.properties();
  }
}
