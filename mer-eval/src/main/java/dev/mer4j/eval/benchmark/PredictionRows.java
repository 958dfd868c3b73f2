package dev.mer4j.eval.benchmark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.source.table.TextTable;
import dev.mer4j.eval.benchmark.PredictionFile.Output;
import dev.mer4j.file.ReadFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the lines of a file of predictions. */
final class PredictionRows {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;
  private final List<Emotion> labels;
  private final Receiver receiver;

  /** Receives each line. */
  @FunctionalInterface
  interface Receiver {
    void add(int line, String condition, String id, Output output);
  }

  private PredictionRows(Path file, List<Emotion> labels, Receiver receiver) {
    this.file = file;
    this.labels = labels;
    this.receiver = receiver;
  }

  /** Reads JSON lines if the file's name ends in {@code .jsonl}, otherwise CSV. */
  static void read(Path file, List<Emotion> labels, Receiver receiver) {
    PredictionRows rows = new PredictionRows(file, labels, receiver);
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl")) {
      rows.readJson();
    } else {
      rows.readTable();
    }
  }

  private void readTable() {
    try (TextTable table = TextTable.open(file)) {
      int condition = table.column("condition");
      int id = table.column("id");
      int[] probabilities = columns(table, "");
      int[] decisions = columns(table, "predicted.");
      if (condition < 0 || id < 0 || probabilities.length + decisions.length == 0) {
        throw new FileException(
            file,
            "needs the columns condition, id and, for each of "
                + labels
                + ", EMOTION or predicted.EMOTION; its columns are "
                + table.columns());
      }
      for (List<String> row = table.next(); row != null; row = table.next()) {
        receiver.add(
            table.line(),
            row.get(condition),
            row.get(id),
            new Output(
                probabilities.length == 0
                    ? Optional.empty()
                    : Optional.of(probabilities(table, row, probabilities)),
                decisions.length == 0
                    ? Optional.empty()
                    : Optional.of(decisions(table, row, decisions))));
      }
    }
  }

  /** Returns the column of each emotion; none if there is none of them. */
  private int[] columns(TextTable table, String prefix) {
    int[] columns = labels.stream().mapToInt(each -> table.column(prefix + each.key())).toArray();
    List<String> absent = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      if (columns[c] < 0) {
        absent.add(prefix + labels.get(c).key());
      }
    }
    if (!absent.isEmpty() && absent.size() < columns.length) {
      throw new FileException(file, "has no column " + String.join(", ", absent));
    }
    return absent.isEmpty() ? columns : new int[0];
  }

  private List<Double> probabilities(TextTable table, List<String> row, int[] columns) {
    List<Double> values = new ArrayList<>(columns.length);
    for (int c = 0; c < columns.length; c++) {
      values.add(probability(table.line(), labels.get(c), table.number(row, columns[c])));
    }
    return List.copyOf(values);
  }

  private Set<Emotion> decisions(TextTable table, List<String> row, int[] columns) {
    Set<Emotion> predicted = new LinkedHashSet<>();
    for (int c = 0; c < columns.length; c++) {
      double value = table.number(row, columns[c]);
      if (value != 0 && value != 1) {
        throw problem(
            table.line(),
            String.format(
                Locale.ROOT,
                "column '%s' is '%s', expected 0 or 1",
                table.columns().get(columns[c]),
                row.get(columns[c])));
      }
      if (value == 1) {
        predicted.add(labels.get(c));
      }
    }
    return Set.copyOf(predicted);
  }

  private double probability(int line, Emotion emotion, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw problem(
          line,
          String.format(
              Locale.ROOT, "the probability of %s must be in [0, 1]: %s", emotion.key(), value));
    }
    return value;
  }

  private void readJson() {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int line = 0;
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        text = line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
        if (!text.isBlank()) {
          add(line, text);
        }
      }
    } catch (IOException e) {
      throw new FileException(file, ReadFailure.reason(file, e), e);
    }
  }

  private void add(int line, String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw problem(line, "is not one JSON object: " + e.getOriginalMessage());
    }
    JsonNode probabilities = json.path("probabilities");
    JsonNode predicted = json.path("predicted");
    if (!json.path("condition").isTextual()
        || !json.path("id").isTextual()
        || !(probabilities.isObject() || isAbsent(probabilities))
        || !(predicted.isArray() || isAbsent(predicted))
        || (isAbsent(probabilities) && isAbsent(predicted))) {
      throw problem(
          line,
          "needs the texts 'condition' and 'id', and an object 'probabilities' or a list"
              + " 'predicted'");
    }
    receiver.add(
        line,
        json.get("condition").asText(),
        json.get("id").asText(),
        new Output(
            probabilities.isObject()
                ? Optional.of(probabilities(line, probabilities))
                : Optional.empty(),
            predicted.isArray() ? Optional.of(decisions(line, predicted)) : Optional.empty()));
  }

  private static boolean isAbsent(JsonNode json) {
    return json.isMissingNode() || json.isNull();
  }

  private List<Double> probabilities(int line, JsonNode json) {
    List<Double> values = new ArrayList<>(labels.size());
    for (Emotion emotion : labels) {
      JsonNode value = json.path(emotion.key());
      if (!value.isNumber()) {
        throw problem(line, "has no number for the probability of " + emotion.key());
      }
      values.add(probability(line, emotion, value.asDouble()));
    }
    return List.copyOf(values);
  }

  private Set<Emotion> decisions(int line, JsonNode json) {
    Set<String> known = labels.stream().map(Emotion::key).collect(Collectors.toSet());
    Set<Emotion> predicted = new LinkedHashSet<>();
    for (JsonNode each : json) {
      if (!known.contains(each.asText())) {
        throw problem(line, "predicts '" + each.asText() + "', which is not one of " + labels);
      }
      predicted.add(Emotion.of(each.asText()));
    }
    return Set.copyOf(predicted);
  }

  private FileException problem(int line, String text) {
    return new FileException(file, "line " + line + ": " + text);
  }
}
