package dev.mer4j.eval.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.ReadFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A masks file of JSON lines. The first line has the seed, the split and the SHA-256 digest of each
 * condition's lines; the others are one per condition and segment.
 *
 * @param split the split that the segments are from
 * @param sha256 the digest of each condition's lines, by its name
 */
public record MasksFile(Path file, long seed, Split split, Map<String, String> sha256) {
  /** Identifies masks files by their first line. */
  public static final FileMark MARK = FileMark.jsonLines("mer4j_masks", "seed", "conditions");

  /** Writes masks. */
  public static void write(OutputFile file, BenchmarkMasks masks, Split split) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mer4j_masks", 1);
    json.put("seed", masks.seed());
    json.put("split", split.key());
    json.put("segments", masks.segments().size());
    ArrayNode modalities = json.putArray("modalities");
    masks.modalities().toList().forEach(each -> modalities.add(each.key()));
    ObjectNode conditions = json.putObject("conditions");
    masks.sha256().forEach((condition, digest) -> conditions.put(condition.name(), digest));
    file.write(
        channel -> {
          put(channel, json + "\n");
          for (Condition condition : masks.conditions()) {
            put(channel, masks.lines(condition));
          }
        });
  }

  private static void put(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads the first line.
   *
   * @throws FileException if the file cannot be read, or is not a masks file
   */
  public static MasksFile read(Path file) {
    String line;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      line = in.readLine();
    } catch (IOException e) {
      throw new FileException(file, ReadFailure.reason(file, e), e);
    }
    try {
      JsonNode json = new ObjectMapper().readTree(line == null ? "" : line);
      return parse(file, json);
    } catch (JsonProcessingException e) {
      throw notMasks(file, e);
    }
  }

  private static MasksFile parse(Path file, JsonNode json) {
    Split split =
        Stream.of(Split.values())
            .filter(each -> each.key().equals(json.path("split").asText()))
            .findFirst()
            .orElseThrow(() -> notMasks(file, null));
    JsonNode conditions = json.path("conditions");
    if (json.path("mer4j_masks").asInt() != 1
        || !json.path("seed").canConvertToLong()
        || !conditions.isObject()) {
      throw notMasks(file, null);
    }
    Map<String, String> sha256 = new LinkedHashMap<>();
    conditions.properties().forEach(each -> sha256.put(each.getKey(), each.getValue().asText()));
    return new MasksFile(file, json.get("seed").asLong(), split, sha256);
  }

  private static FileException notMasks(Path file, @Nullable Exception e) {
    String problem = "line 1: is not the first line of a masks file; write one with missing-masks";
    return e == null ? new FileException(file, problem) : new FileException(file, problem, e);
  }

  /**
   * Recomputes the masks.
   *
   * @param segments the segments that the file was made for
   * @throws FileException if a digest differs, because the segments or their lengths are others
   */
  public BenchmarkMasks of(SegmentSet segments) {
    List<String> names = new ArrayList<>(sha256.keySet());
    BenchmarkMasks masks;
    try {
      masks = BenchmarkMasks.of(seed, segments, names.isEmpty() ? List.of("full") : named(names));
    } catch (ConfigException e) {
      throw new FileException(file, "line 1: " + e.getMessage(), e);
    }
    masks
        .sha256()
        .forEach(
            (condition, digest) -> {
              String expected = sha256.get(condition.name());
              if (!digest.equals(expected)) {
                throw new FileException(
                    file,
                    String.format(
                        Locale.ROOT,
                        "SHA-256 mismatch in condition '%s': expected %s, the segments give %s;"
                            + " the masks were made for other segments or other lengths",
                        condition.name(),
                        expected,
                        digest));
              }
            });
    return masks;
  }

  /** Returns the names of single conditions, so that no name stands for a protocol. */
  private static List<String> named(List<String> names) {
    return names.stream().map(name -> Condition.parse(name).name()).toList();
  }
}
