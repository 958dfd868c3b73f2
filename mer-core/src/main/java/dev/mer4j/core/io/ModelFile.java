package dev.mer4j.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
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

  private ModelFile() {}

  /** How to tell files of a type of record: they are JSON objects with all its components. */
  public static FileMark mark(Class<? extends Record> type) {
    return FileMark.json(
        Arrays.stream(type.getRecordComponents()).map(component -> component.getName()).toList());
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
   * @throws FileException if the file is missing, is not JSON, or does not fit the record
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(Files.readString(file), type);
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
