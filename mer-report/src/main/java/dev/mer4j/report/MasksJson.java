package dev.mer4j.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.eval.missing.ErasedSteps;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RandomModalities;
import dev.mer4j.eval.missing.RateCurve;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Writes masks of missing input as one line of JSON per segment: for each of its modalities, and
 * for each step of those, the index of the first rate at which it is missing, or the number of
 * rates if it never is. Input missing at one rate is missing at every higher one.
 */
final class MasksJson {
  private MasksJson() {}

  static String lines(MissingResult missing, Predictions predictions) {
    StringBuilder lines = new StringBuilder();
    for (Prediction row : predictions.rows()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", row.segment().id().toString());
      modalities(json.putObject(RateCurve.RANDOM), missing, row);
      steps(json.putObject(RateCurve.FRAME), missing, row);
      lines.append(json).append('\n');
    }
    return lines.toString();
  }

  private static void modalities(ObjectNode json, MissingResult missing, Prediction row) {
    List<Double> rates = rates(missing.modalities());
    Presence had = Presence.of(List.of(row.available()));
    for (Modality modality : row.available().toList()) {
      int rate = 0;
      while (rate < rates.size()
          && new RandomModalities(rates.get(rate), missing.seed())
              .applyTo(List.of(row.segment()), had)
              .has(0, modality)) {
        rate++;
      }
      json.put(modality.key(), rate);
    }
  }

  private static void steps(ObjectNode json, MissingResult missing, Prediction row) {
    List<Double> rates = rates(missing.steps());
    SegmentInfo segment = row.segment();
    for (Modality modality : row.available().toList()) {
      int[] first = new int[segment.steps(modality)];
      Arrays.fill(first, rates.size());
      for (int rate = rates.size() - 1; rate >= 0; rate--) {
        BitSet erased = ErasedSteps.mask(segment, modality, rates.get(rate), missing.seed());
        for (int t = erased.nextSetBit(0); t >= 0; t = erased.nextSetBit(t + 1)) {
          first[t] = rate;
        }
      }
      ArrayNode own = json.putArray(modality.key());
      Arrays.stream(first).forEach(own::add);
    }
  }

  private static List<Double> rates(RateCurve curve) {
    return curve.points().stream().map(RateCurve.Point::rate).toList();
  }
}
