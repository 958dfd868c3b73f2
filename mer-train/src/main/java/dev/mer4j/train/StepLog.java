package dev.mer4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON object per line and step: the fields of {@link TrainingListener.StepRecord}, and
 * {@code skipped} with the segments of a skipped step.
 *
 * <p>A resumed run continues the existing file. Lines of repeated steps are replaced, so that the
 * file equals that of an uninterrupted run. Lines are flushed at every step, but not forced to
 * disk.
 */
public final class StepLog implements TrainingListener, AutoCloseable {
  /** Identifies these files by their first line. */
  public static final FileMark MARK = FileMark.jsonLines("epoch", "step", "learningRate");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private @Nullable BufferedWriter writer;

  public StepLog(Path file) {
    this.file = file;
  }

  /**
   * Returns the norm of the gradient of each modality's encoder, mean over the applied steps.
   *
   * @return empty if the file has no applied step, or steps without these norms, as those of
   *     earlier versions
   * @throws FileException if the file cannot be read or a line is not a step
   */
  public static Optional<PerModality<Double>> meanGradientNorms(Path file) {
    return StepLogReader.meanGradientNorms(file);
  }

  @Override
  public boolean needsGradientNorms() {
    return true;
  }

  @Override
  public void stepFinished(StepRecord step) {
    write(step, JSON.valueToTree(step));
  }

  @Override
  public void stepSkipped(StepRecord step, List<SegmentId> segments) {
    ObjectNode line = JSON.valueToTree(step);
    ArrayNode skipped = line.putArray("skipped");
    segments.forEach(segment -> skipped.add(segment.toString()));
    write(step, line);
  }

  private void write(StepRecord step, ObjectNode line) {
    try {
      if (writer == null) {
        OutputFile output = OutputFile.of(file, MARK);
        output.require();
        output.write(before(step));
        writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
      }
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new FileException(file, "cannot be written: " + IoReason.of(e), e);
    }
  }

  /** Returns the lines of the existing file for the steps before this one. */
  private String before(StepRecord step) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    List<String> kept = new ArrayList<>();
    for (String line : WholeFile.lines(file)) {
      if (isBefore(line, step)) {
        kept.add(line + "\n");
      }
    }
    return String.join("", kept);
  }

  /** Returns whether a line is that of an earlier step; a line truncated by a crash is not. */
  private static boolean isBefore(String line, StepRecord step) {
    try {
      JsonNode old = JSON.readTree(line);
      int epoch = old.path("epoch").asInt(Integer.MAX_VALUE);
      return epoch < step.epoch()
          || (epoch == step.epoch() && old.path("step").asInt(Integer.MAX_VALUE) < step.step());
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new FileException(file, "cannot be closed: " + IoReason.of(e), e);
    }
  }
}
