package dev.mer4j.eval.benchmark;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of any system, from CSV or JSON lines: condition, segment id, and for each
 * emotion a probability, a decision, or both.
 *
 * <p>CSV has the columns {@code condition}, {@code id}, and for each emotion {@code EMOTION} (a
 * probability) or {@code predicted.EMOTION} (0 or 1). A line of JSON has {@code condition}, {@code
 * id}, {@code probabilities} by emotion, and {@code predicted}, a list of emotions.
 */
public final class PredictionFile {
  private final Path file;
  private final BenchmarkMasks masks;
  private final Map<String, Condition> conditions = new HashMap<>();
  private final Map<SegmentId, Integer> segments = new HashMap<>();
  private final Map<Condition, Output[]> outputs = new LinkedHashMap<>();
  private @Nullable Output first;

  /**
   * What the system predicts for a segment.
   *
   * @param probabilities [C], if given
   * @param decisions the predicted emotions, if given
   */
  public record Output(Optional<List<Double>> probabilities, Optional<Set<Emotion>> decisions) {}

  private PredictionFile(Path file, BenchmarkMasks masks) {
    this.file = file;
    this.masks = masks;
    masks.conditions().forEach(each -> conditions.put(each.name(), each));
    for (int s = 0; s < masks.segments().size(); s++) {
      segments.put(masks.segments().get(s).id(), s);
    }
  }

  /**
   * Reads predictions.
   *
   * @param labels the emotions of the data set
   * @return for each condition that occurs, the output for each segment of the masks; null for
   *     unlabeled segments without output
   * @throws FileException if the file cannot be read, a line is invalid, a segment occurs twice in
   *     a condition, or a labeled segment is absent from one
   */
  public static Map<Condition, List<@Nullable Output>> read(
      Path file, BenchmarkMasks masks, List<Emotion> labels) {
    PredictionFile predictions = new PredictionFile(file, masks);
    PredictionRows.read(file, labels, predictions::add);
    return predictions.complete();
  }

  private void add(int line, String condition, String id, Output output) {
    Condition known = conditions.get(condition);
    if (known == null) {
      throw problem(line, "condition '" + condition + "' is not one of the masks' conditions");
    }
    Integer segment = segments.get(parse(line, id));
    if (segment == null) {
      throw problem(line, "segment " + id + " is not one of the evaluated segments");
    }
    Output form = first == null ? output : first;
    first = form;
    if (form.probabilities().isPresent() != output.probabilities().isPresent()
        || form.decisions().isPresent() != output.decisions().isPresent()) {
      throw problem(line, "probabilities and predicted emotions must be in all lines, or in none");
    }
    Output[] own = outputs.computeIfAbsent(known, each -> new Output[segments.size()]);
    if (own[segment] != null) {
      throw problem(line, "segment " + id + " occurs twice in condition '" + condition + "'");
    }
    own[segment] = output;
  }

  private SegmentId parse(int line, String id) {
    try {
      return SegmentId.parse(id);
    } catch (ConfigException e) {
      throw problem(line, e.getMessage());
    }
  }

  private Map<Condition, List<@Nullable Output>> complete() {
    Map<Condition, List<@Nullable Output>> complete = new LinkedHashMap<>();
    for (Condition condition : masks.conditions()) {
      Output[] own = outputs.get(condition);
      if (own != null) {
        requireLabeled(condition, own);
        List<@Nullable Output> list = new ArrayList<>(own.length);
        for (Output each : own) {
          list.add(each);
        }
        complete.put(condition, list);
      }
    }
    if (complete.isEmpty()) {
      throw new FileException(file, "has no predictions");
    }
    return complete;
  }

  private void requireLabeled(Condition condition, Output[] own) {
    int absent = 0;
    String example = "";
    for (int s = own.length - 1; s >= 0; s--) {
      SegmentInfo segment = masks.segments().get(s);
      if (own[s] == null && segment.scores().isLabeled()) {
        absent++;
        example = segment.id().toString();
      }
    }
    if (absent > 0) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "condition '%s' has no prediction for %d of the labeled segments, such as %s",
              condition.name(),
              absent,
              example));
    }
  }

  private FileException problem(int line, String text) {
    return new FileException(file, "line " + line + ": " + text);
  }
}
