package dev.mer4j.core.internal.io;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.WholeFile;
import dev.mer4j.internal.json.IndentedJson;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reads and writes the JSON files of a model folder. */
public final class ModelFile {
  /** The largest accepted file, far above the size of a real one. */
  private static final long MOST_BYTES = 1 << 26;

  private ModelFile() {}

  /** Jackson's databind, which is created only if it is used, because that is slow. */
  private static final class Databind {
    static final ObjectMapper JSON =
        IndentedJson.mapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
  }

  /**
   * Returns a mark that recognizes the files of a record type: JSON objects with all its
   * components, except those with a default.
   */
  public static FileMark mark(Class<? extends Record> type) {
    return FileMark.json(
        Arrays.stream(type.getRecordComponents())
            .filter(component -> !component.getAccessor().isAnnotationPresent(JsonSetter.class))
            .map(RecordComponent::getName)
            .toList());
  }

  /**
   * Writes a record as indented JSON.
   *
   * @throws FileException if the file cannot be written, or exists and is not a record of this type
   */
  public static void write(Path file, Record content) {
    try {
      OutputFile.of(file, mark(content.getClass()))
          .write(Databind.JSON.writeValueAsString(content) + "\n");
    } catch (JsonProcessingException e) {
      throw new FileException(file, "cannot be written as JSON", e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws FileException if the file is missing, larger than 64 MB, not JSON or not a valid record
   *     of this type
   */
  public static <T> T read(Path file, Class<T> type) {
    return read(file, type, tree -> Optional.empty());
  }

  /**
   * Reads a record as {@link #read(Path, Class)} does, but faster if it has the usual form.
   *
   * @param usual reads the usual form without databind; empty for any other form
   * @throws FileException as {@link #read(Path, Class)}
   */
  public static <T> T read(Path file, Class<T> type, Function<JsonNode, Optional<T>> usual) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new FileException(file, "not a model's JSON: larger than 64 MB");
      }
      JsonNode tree = JsonTree.parse(WholeFile.text(file));
      Optional<T> found = usual.apply(tree);
      if (found.isPresent()) {
        return found.get();
      }
      FormerNames.replace(tree);
      T content = Databind.JSON.treeToValue(tree, type);
      if (content == null) {
        throw new FileException(file, "not a valid " + type.getSimpleName() + ": null");
      }
      return content;
    } catch (CharacterCodingException e) {
      throw new FileException(file, "not UTF-8 text", e);
    } catch (JsonProcessingException e) {
      String problem =
          e.getCause() instanceof MerException cause ? cause.getMessage() : e.getOriginalMessage();
      throw new FileException(file, "not a valid " + type.getSimpleName() + ": " + problem, e);
    } catch (IOException e) {
      String problem = Files.exists(file) ? "cannot be read: " + IoReason.of(e) : "no such file";
      throw new FileException(file, problem, e);
    }
  }
}
