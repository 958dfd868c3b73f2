package dev.mer4j.eval.baseline;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Predicts at random, with the emotions' frequencies; repeatable for the same segment. */
record PriorRandom(Frequencies frequencies) {
  static final String NAME = "prior-random";

  /** Draws every emotion independently. */
  Predictions predictSeveral(Predictions others) {
    return predict(
        others.scheme().asMultiLabel(),
        others,
        draws ->
            frequencies.present().stream()
                .map(
                    present -> {
                      return draws.nextDouble() * frequencies.segments() < present ? 1.0 : 0.0;
                    })
                .toList());
  }

  /** Draws a class of the single-label task. */
  Predictions predictOne(Predictions others) {
    List<Integer> strongest = frequencies.strongest();
    int all = strongest.stream().mapToInt(Integer::intValue).sum();
    return predict(
        others.scheme().asSingleLabel(),
        others,
        draws -> {
          double left = draws.nextDouble() * all;
          int drawn = 0;
          while (drawn < strongest.size() - 1 && left >= strongest.get(drawn)) {
            left -= strongest.get(drawn++);
          }
          Double[] certain = new Double[strongest.size()];
          Arrays.fill(certain, 0.0);
          certain[drawn] = 1.0;
          return List.of(certain);
        });
  }

  private static Predictions predict(
      LabelSet scheme, Predictions others, Function<SeedStream, List<Double>> probabilities) {
    return new Predictions(
        scheme,
        Thresholds.half(scheme.classCount()),
        others.rows().stream()
            .map(
                row -> {
                  SeedStream draws =
                      new Seeds(0)
                          .stream(NAME)
                              .at(row.segment().id().video())
                              .at(row.segment().id().index());
                  return new Prediction(
                      row.segment(),
                      row.available(),
                      scheme.labels(),
                      probabilities.apply(draws),
                      PerModality.of());
                })
            .toList());
  }
}
