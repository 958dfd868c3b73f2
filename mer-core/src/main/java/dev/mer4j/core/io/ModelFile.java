package dev.mer4j.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes the JSON files of a model folder. */
public final class ModelFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private ModelFile() {}

  /**
   * Writes a record as indented JSON.
   *
   * @throws FileException if the file cannot be written
   */
  public static void write(Path file, Object content) {
    try {
      AtomicFile.write(file, JSON.writeValueAsString(content) + "\n");
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
      String problem = Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file";
      throw new FileException(file, problem, e);
    }
  }
}
