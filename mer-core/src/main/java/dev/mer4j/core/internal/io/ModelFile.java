package dev.mer4j.core.internal.io;

import com.fasterxml.jackson.annotation.JsonSetter;
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
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads and writes the JSON files of a model folder. */
public final class ModelFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  /** Far more than any of them takes, and little enough to be read at once. */
  private static final long MOST_BYTES = 1 << 26;

  private ModelFile() {}

  /**
   * How to tell files of a type of record: they are JSON objects with all its components, but for
   * those that have a default where a file lacks them.
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
   * @throws FileException if the file cannot be written, or is there and holds something else than
   *     a record of this type
   */
  public static void write(Path file, Record content) {
    try {
      OutputFile.of(file, mark(content.getClass())).write(JSON.writeValueAsString(content) + "\n");
    } catch (JsonProcessingException e) {
      throw new FileException(file, "cannot be written as JSON", e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws FileException if the file is missing, longer than 64 MB, is not JSON, or does not fit
   *     the record
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new FileException(file, "not a model's JSON: it is longer than 64 MB");
      }
      JsonNode tree = JSON.readTree(WholeFile.text(file));
      FormerNames.replace(tree);
      T content = JSON.treeToValue(tree, type);
      if (content == null) {
        throw new FileException(file, "not a valid " + type.getSimpleName() + ": null");
      }
      return content;
    } catch (CharacterCodingException e) {
      throw new FileException(file, "not text in UTF-8", e);
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
