package dev.mer4j.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.internal.io.FormerNames;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.data.segment.Suggestions;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes a {@link RunConfig} as JSON; omitted settings keep their base values. */
final class RunConfigFile {
  /** Objects that are replaced as a whole, because their keys depend on the kind. */
  private static final Set<String> WHOLE = Set.of("model.inputs", "model.fusion");

  /** Programs on Windows write it at the start of a text. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .setAnnotationIntrospector(new EverySetting());

  private RunConfigFile() {}

  /** Includes settings that files omit at their default, so that their keys are known. */
  private static final class EverySetting extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated property) {
      return JsonInclude.Value.empty();
    }
  }

  static void write(Path file, RunConfig config) {
    ModelFile.write(file, config);
  }

  /**
   * Returns a base configuration, overridden by the settings of a file.
   *
   * @param base the values of settings that the file omits
   * @throws FileException if the file cannot be read, or has an unknown key or an invalid value
   */
  static RunConfig read(Path file, RunConfig base) {
    return overlay(file, "", object(file), base, RunConfig.class);
  }

  /**
   * Reads a file's JSON object.
   *
   * @throws FileException if the file cannot be read, or is not a JSON object
   */
  static ObjectNode object(Path file) {
    try {
      String text = WholeFile.text(file);
      boolean marked = text.startsWith(BYTE_ORDER_MARK);
      if (JSON.readTree(marked ? text.substring(1) : text) instanceof ObjectNode object) {
        FormerNames.replace(object);
        completePooling(object);
        return object;
      }
      throw new FileException(file, "is not a JSON object of settings");
    } catch (JsonProcessingException e) {
      throw new FileException(file, "is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      String problem = Files.exists(file) ? "cannot be read: " + IoReason.of(e) : "no such file";
      throw new FileException(file, problem, e);
    }
  }

  /** Sets the pooling that the complete configuration of a run omits, whatever the base has. */
  private static void completePooling(ObjectNode config) {
    if (config.get("model") instanceof ObjectNode model
        && model.has("inputs")
        && !model.has("pooling")) {
      model.put("pooling", Pooling.LAST.key());
    }
  }

  /**
   * Returns a record with some of its values replaced.
   *
   * @param file the file that holds the changes
   * @param where prefix of error messages, such as {@code "name: "}
   * @param own the changes
   * @throws FileException if a key is unknown or a value is invalid
   */
  static <T> T overlay(Path file, String where, ObjectNode own, T base, Class<T> type) {
    ObjectNode merged = JSON.valueToTree(base);
    List<String> unknown = new ArrayList<>();
    merge(merged, own, "", unknown);
    if (!unknown.isEmpty()) {
      throw new FileException(file, where + "unknown settings: " + String.join("; ", unknown));
    }
    try {
      return JSON.treeToValue(merged, type);
    } catch (JsonProcessingException e) {
      throw new FileException(file, where + "is not a valid configuration: " + problem(e), e);
    }
  }

  /** Returns what is wrong with the values of a file. */
  static @Nullable String problem(JsonProcessingException failure) {
    return failure.getCause() instanceof MerException cause
        ? cause.getMessage()
        : failure.getOriginalMessage();
  }

  private static void merge(ObjectNode into, ObjectNode from, String path, List<String> unknown) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      String name = path + field.getKey();
      JsonNode old = into.get(field.getKey());
      if (old == null) {
        List<String> known = into.properties().stream().map(Map.Entry::getKey).toList();
        unknown.add(
            String.format(
                Locale.ROOT,
                "%s (did you mean %s?)",
                name,
                path + Suggestions.to(field.getKey(), known).get(0)));
      } else if (old instanceof ObjectNode oldObject
          && field.getValue() instanceof ObjectNode object
          && !WHOLE.contains(name)) {
        merge(oldObject, object, name + ".", unknown);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }
}
