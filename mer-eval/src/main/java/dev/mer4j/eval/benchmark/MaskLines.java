package dev.mer4j.eval.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The lines of a masks file: one JSON object per condition and segment. SHA-256 digests are of the
 * lines with their newlines, so that any program can verify them.
 */
final class MaskLines {
  private final Degradations degradations;
  private final List<SegmentInfo> segments;

  MaskLines(Degradations degradations, List<SegmentInfo> segments) {
    this.degradations = degradations;
    this.segments = segments;
  }

  /** Returns the lines of a condition, each with a newline at its end. */
  String of(Condition condition) {
    StringBuilder lines = new StringBuilder();
    for (SegmentInfo segment : segments) {
      lines.append(line(condition, segment)).append('\n');
    }
    return lines.toString();
  }

  /** Returns the digest of the lines of a condition. */
  String sha256(Condition condition) {
    MessageDigest digest = Sha256.newDigest();
    for (SegmentInfo segment : segments) {
      digest.update((line(condition, segment) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private ObjectNode line(Condition condition, SegmentInfo segment) {
    Degradation own = degradations.of(condition, segment);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("condition", condition.name());
    json.put("id", segment.id().toString());
    if (!own.missing().isEmpty()) {
      ArrayNode missing = json.putArray("missing");
      own.missing().toList().forEach(each -> missing.add(each.key()));
    }
    if (!own.erased().isEmpty()) {
      ObjectNode erased = json.putObject("erased");
      own.erased()
          .forEach((each, steps) -> erased.put(each.key(), hex(steps, segment.steps(each))));
    }
    if (!own.shift().isEmpty()) {
      ObjectNode shift = json.putObject("shift");
      own.shift().forEach((each, steps) -> shift.put(each.key(), steps));
    }
    if (!own.noise().isEmpty()) {
      json.put("deviations", condition.rate());
      ObjectNode noise = json.putObject("noise");
      own.noise()
          .forEach(
              (each, draws) ->
                  noise.put(each.key(), String.format(Locale.ROOT, "%016x", draws.start())));
    }
    if (!own.swapped().isEmpty()) {
      ObjectNode swapped = json.putObject("swapped");
      own.swapped().forEach((each, id) -> swapped.put(each.key(), id.toString()));
    }
    return json;
  }

  /** Returns the bits, step t as bit t mod 8 of byte t / 8, in hexadecimal. */
  private static String hex(BitSet steps, int count) {
    byte[] bytes = new byte[(count + 7) / 8];
    byte[] set = steps.toByteArray();
    System.arraycopy(set, 0, bytes, 0, set.length);
    return HexFormat.of().formatHex(bytes);
  }
}
