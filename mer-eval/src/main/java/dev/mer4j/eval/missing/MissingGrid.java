package dev.mer4j.eval.missing;

import dev.mer4j.ConfigException;
import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.StepMask;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.baseline.Baselines;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Evaluates a model under all protocols of missing input: the seven fixed sets of modalities,
 * modalities missing at random, and steps erased inside each modality.
 *
 * <p>Only erased steps require the encoders; all other conditions run the fusion head alone.
 *
 * @param seed the seed of the masks; equal seeds give equal masks for every model
 * @param modalityRates ascending rates from 0; of three modalities at most two thirds can be
 *     missing
 * @param stepRates ascending rates from 0
 */
public record MissingGrid(long seed, List<Double> modalityRates, List<Double> stepRates) {
  /** Creates a grid with rates in steps of 0.1: modalities up to 0.7, steps up to 0.9. */
  public static final MissingGrid DEFAULT = new MissingGrid(0, tenths(7), tenths(9));

  public MissingGrid {
    modalityRates = List.copyOf(modalityRates);
    stepRates = List.copyOf(stepRates);
    List<String> problems = new ArrayList<>();
    check(problems, "rates of missing modalities", modalityRates);
    check(problems, "rates of erased steps", stepRates);
    ConfigException.throwIfAny("missing grid", problems);
  }

  /** Receives the progress of an evaluation. */
  @FunctionalInterface
  public interface Progress {
    /** Called after every condition. */
    void evaluated(int done, int total);
  }

  /** Evaluates a model under every condition. */
  public MissingResult run(
      Evaluator evaluator, String name, MultimodalModel model, SegmentSet segments) {
    return run(evaluator, name, model, segments, model.encode(segments), (done, total) -> {});
  }

  /**
   * Evaluates a model under every condition.
   *
   * @param encodings the model's encodings of the same segments
   */
  public MissingResult run(
      Evaluator evaluator,
      String name,
      MultimodalModel model,
      SegmentSet segments,
      Encodings encodings,
      Progress progress) {
    ModalityTable fixed = evaluator.compare(name, model, encodings);
    Evaluation full = Objects.requireNonNull(fixed.evaluations().get(fixed.full()));
    int sets = fixed.evaluations().size();
    int total = sets + modalityRates.size() + stepRates.size();
    Evaluations evaluations =
        new Evaluations(
            evaluator,
            name,
            inputs(model),
            full.baselines(),
            done -> progress.evaluated(done, total));
    evaluations.done(sets);
    return new MissingResult(
        seed,
        fixed,
        new RateCurve(
            RateCurve.RANDOM,
            modalityRates.stream()
                .map(rate -> evaluations.modalities(rate, Predictor.encoded(model, encodings)))
                .toList()),
        new RateCurve(RateCurve.FRAME, evaluations.steps(model, segments, encodings)));
  }

  /**
   * Evaluates a predictor with modalities missing at random.
   *
   * @param inputs the modalities that it reads
   * @param baselines constant predictors, evaluated on the same segments
   */
  public RateCurve modalities(
      Evaluator evaluator,
      String name,
      ModalitySet inputs,
      Predictor.Prepared prepared,
      Baselines baselines) {
    Evaluations evaluations = new Evaluations(evaluator, name, inputs, baselines, done -> {});
    return new RateCurve(
        RateCurve.RANDOM,
        modalityRates.stream().map(rate -> evaluations.modalities(rate, prepared)).toList());
  }

  /** Evaluates the conditions in order. */
  private final class Evaluations {
    private final Evaluator evaluator;
    private final String name;
    private final ModalitySet inputs;
    private final Baselines baselines;
    private final IntConsumer progress;
    private int done;

    Evaluations(
        Evaluator evaluator,
        String name,
        ModalitySet inputs,
        Baselines baselines,
        IntConsumer progress) {
      this.evaluator = evaluator;
      this.name = name;
      this.inputs = inputs;
      this.baselines = baselines;
      this.progress = progress;
    }

    void done(int more) {
      done += more;
      progress.accept(done);
    }

    RateCurve.Point modalities(double rate, Predictor.Prepared prepared) {
      List<Modality> order = inputs.bitOrder();
      Presence present = prepared.presence();
      Presence left = new RandomModalities(rate, seed).applyTo(prepared.segments(), present);
      MaskDigest digest = new MaskDigest();
      for (int s = 0; s < present.size(); s++) {
        digest.add(
            prepared.segments().get(s).id(), present.row(s).bits(order), left.row(s).bits(order));
      }
      return point(
          rate,
          1 - (double) count(left) / Math.max(1, count(present)),
          digest,
          prepared.predict(left));
    }

    /** Encodes as many rates at once as fit into memory. */
    List<RateCurve.Point> steps(MultimodalModel model, SegmentSet segments, Encodings whole) {
      List<RateCurve.Point> points = new ArrayList<>();
      points.add(steps(0, model, segments, whole));
      int together = EncodingBudget.passes(model.config(), segments.size());
      for (int from = 1; from < stepRates.size(); from += together) {
        List<Double> rates = stepRates.subList(from, Math.min(stepRates.size(), from + together));
        List<Encodings> encodings =
            model.encode(
                segments,
                rates.stream()
                    .<StepMask>map(rate -> new ErasedSteps(segments, rate, seed))
                    .toList());
        for (int r = 0; r < rates.size(); r++) {
          points.add(steps(rates.get(r), model, segments, encodings.get(r)));
        }
      }
      return points;
    }

    private RateCurve.Point steps(
        double rate, MultimodalModel model, SegmentSet segments, Encodings encodings) {
      List<Modality> order = inputs.bitOrder();
      StepMask erased = new ErasedSteps(segments, rate, seed);
      MaskDigest digest = new MaskDigest();
      long missing = 0;
      long all = 0;
      for (int s = 0; s < segments.size(); s++) {
        for (var modality : encodings.presence().row(s).toList()) {
          var mask = erased.erased(s, modality);
          digest.add(segments.info(s).id(), order.indexOf(modality), mask);
          missing += mask.cardinality();
          all += segments.info(s).steps(modality);
        }
      }
      return point(
          rate,
          (double) missing / Math.max(1, all),
          digest,
          model.predict(encodings, encodings.presence()));
    }

    private RateCurve.Point point(
        double rate, double missing, MaskDigest digest, Predictions predictions) {
      Evaluation evaluation = evaluator.evaluate(name + " at " + rate, predictions, baselines);
      done(1);
      return new RateCurve.Point(
          rate,
          missing,
          digest.sha256(),
          evaluation,
          Evaluator.fullThresholdsMacroF1(predictions, inputs));
    }
  }

  private static ModalitySet inputs(MultimodalModel model) {
    return ModalitySet.of(model.config().inputs().modalities());
  }

  private static int count(Presence presence) {
    return IntStream.range(0, presence.size())
        .mapToObj(presence::row)
        .mapToInt(ModalitySet::size)
        .sum();
  }

  private static List<Double> tenths(int last) {
    return IntStream.rangeClosed(0, last).mapToObj(tenth -> tenth / 10.0).toList();
  }

  private static void check(List<String> problems, String what, List<Double> rates) {
    boolean rising =
        IntStream.range(1, rates.size()).allMatch(r -> rates.get(r) > rates.get(r - 1));
    if (rates.isEmpty() || rates.get(0) != 0 || !rising || rates.get(rates.size() - 1) > 1) {
      problems.add(what + " must ascend from 0 to at most 1: " + rates);
    }
  }
}
