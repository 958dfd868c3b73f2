package dev.mer4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.file.IoReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the files of {@link StepLog}, line by line. */
final class StepLogReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private PerModality<Double> sums = PerModality.of();
  private int number;
  private int applied;
  private boolean lacksNorms;

  private StepLogReader(Path file) {
    this.file = file;
  }

  static Optional<PerModality<Double>> meanGradientNorms(Path file) {
    StepLogReader log = new StepLogReader(file);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.number++;
        log.add(line);
      }
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + IoReason.of(e), e);
    }
    return log.sums.isEmpty() || log.lacksNorms
        ? Optional.empty()
        : Optional.of(log.sums.map(sum -> sum / log.applied));
  }

  private void add(String line) {
    JsonNode step = step(line);
    if (step.has("skipped")) {
      return;
    }
    PerModality<Double> norms = norms(step);
    if (norms.isEmpty() || lacksNorms) {
      lacksNorms = true;
      return;
    }
    if (applied > 0 && !norms.modalities().equals(sums.modalities())) {
      throw bad("has norms of " + norms.modalities() + ", earlier ones of " + sums.modalities());
    }
    sums = applied == 0 ? norms : sum(norms);
    applied++;
  }

  private PerModality<Double> sum(PerModality<Double> norms) {
    PerModality<Double> before = sums;
    return PerModality.of(norms.modalities(), each -> before.get(each) + norms.get(each));
  }

  private JsonNode step(String line) {
    try {
      JsonNode step = JSON.readTree(line);
      if (step.path("epoch").isInt() && step.path("step").isInt()) {
        return step;
      }
    } catch (JsonProcessingException e) {
      throw bad("is not JSON: " + e.getOriginalMessage());
    }
    throw bad("is not a step of a training run");
  }

  private PerModality<Double> norms(JsonNode step) {
    PerModality.Builder<Double> norms = PerModality.builder();
    for (Map.Entry<String, JsonNode> each : step.path("encoderGradientNorms").properties()) {
      norms.put(modality(each.getKey()), norm(each.getValue()));
    }
    return norms.build();
  }

  private Modality modality(String key) {
    try {
      return Modality.of(key);
    } catch (ConfigException e) {
      throw bad("has a gradient norm of a modality that is none: " + e.getMessage());
    }
  }

  private double norm(JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() < 0) {
      throw bad("has the gradient norm " + value + "; expected a finite number, 0 or more");
    }
    return value.doubleValue();
  }

  private FileException bad(String problem) {
    return new FileException(file, String.format(Locale.ROOT, "line %d %s", number, problem));
  }
}
