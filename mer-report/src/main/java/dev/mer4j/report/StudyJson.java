package dev.mer4j.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.attribution.Deletion;
import dev.mer4j.eval.attribution.TermShare;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.calibration.Reliability;
import dev.mer4j.eval.calibration.SetCalibration;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.statistics.Interval;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingOverlap;
import java.util.List;
import java.util.Locale;

/** Writes a study as JSON: the evaluation, followed by all other results. */
public final class StudyJson {
  private StudyJson() {}

  public static ObjectNode of(Study study) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    study.seen().ifPresent(seen -> seen(json, seen));
    json.setAll(results(study));
    return json;
  }

  private static void seen(ObjectNode json, TrainingOverlap seen) {
    seen.warning().ifPresent(warning -> json.put("warning", warning));
    ObjectNode own = json.putObject("seen_segments");
    own.put("evaluated", seen.evaluated());
    own.put("trained_on", seen.trained());
    own.put("selected_on", seen.selected());
    own.put(seen.groupsAreVideos() ? "of_same_videos" : "of_same_groups", seen.sameGroup());
  }

  private static ObjectNode results(Study study) {
    ObjectNode json =
        study
            .missing()
            .map(missing -> MetricsJson.of(study.evaluation(), missing.fixed()))
            .orElseGet(() -> MetricsJson.of(study.evaluation()));
    study.missing().ifPresent(missing -> missing(json, missing));
    uncertainty(json.putObject("uncertainty"), study.uncertainty());
    study.calibration().ifPresent(each -> calibration(json.putObject("calibration"), each));
    attribution(json.putObject("attribution"), study.attributions());
    ObjectNode facts = json.putObject("provenance");
    study.facts().forEach(facts::put);
    return json;
  }

  private static void missing(ObjectNode json, MissingResult missing) {
    ObjectNode rates = json.putObject("missing_rates");
    rates.put("seed", missing.seed());
    for (RateCurve curve : missing.curves()) {
      ObjectNode own = rates.putObject(curve.protocol());
      MetricsJson.put(own, "area", curve.area());
      ArrayNode points = own.putArray("points");
      for (int p = 0; p < curve.points().size(); p++) {
        RateCurve.Point point = curve.points().get(p);
        ObjectNode each = points.addObject();
        each.put("rate", point.rate());
        each.put("missing", point.missing());
        MetricsJson.put(each, "macro_f1", curve.macroF1(p));
        MetricsJson.put(each, "drop", curve.drop(p));
        MetricsJson.put(each, "constant_macro_f1", point.evaluation().bestConstantMacroF1());
        MetricsJson.put(each, "full_thresholds_macro_f1", point.fullThresholdsMacroF1());
        MetricsJson.put(
            each, "balanced_accuracy", point.evaluation().multiLabel().balancedAccuracy());
        each.put("masks_sha256", point.masks());
      }
    }
  }

  private static void uncertainty(ObjectNode json, Uncertainty uncertainty) {
    json.put("level", Interval.LEVEL);
    json.put("method", "jackknife over " + uncertainty.groups().plural());
    json.put(uncertainty.groups().plural(), uncertainty.groups().count());
    interval(json, "macro_f1", uncertainty.macroF1());
    interval(json, "balanced_accuracy", uncertainty.balancedAccuracy());
    interval(json, "average_precision", uncertainty.averagePrecision());
    interval(json, "roc_auc", uncertainty.rocAuc());
    ObjectNode f1 = json.putObject("f1");
    uncertainty.f1().forEach((emotion, each) -> interval(f1, emotion.key(), each));
  }

  private static void interval(ObjectNode json, String key, Interval interval) {
    ObjectNode own = json.putObject(key);
    MetricsJson.put(own, "estimate", interval.estimate());
    MetricsJson.put(own, "low", interval.low());
    MetricsJson.put(own, "high", interval.high());
  }

  private static void calibration(ObjectNode json, Calibration calibration) {
    calibration.fittedOn().ifPresent(n -> json.put("fitted_on_validation_segments", n));
    reliability(json, calibration.before(), calibration.after());
    ObjectNode emotions = json.putObject("emotions");
    for (int c = 0; c < calibration.emotions().size(); c++) {
      Calibration.EmotionReliability each = calibration.emotions().get(c);
      ObjectNode own = emotions.putObject(each.emotion().key());
      own.put("temperature", calibration.temperatures().perEmotion().get(c));
      reliability(own, each.before(), each.after());
    }
    ObjectNode sets = json.putObject("available");
    for (SetCalibration each : calibration.sets()) {
      ObjectNode own = sets.putObject(each.available().toString());
      own.put("segments", each.segments());
      MetricsJson.put(own, "ece", each.ece().before());
      MetricsJson.put(own, "ece_calibrated", each.ece().after());
      MetricsJson.put(own, "cross_entropy", each.loss().before());
      MetricsJson.put(own, "cross_entropy_calibrated", each.loss().after());
      ArrayNode temperatures = own.putArray("temperatures");
      calibration.temperatures().of(each.available()).forEach(temperatures::add);
    }
  }

  private static void reliability(ObjectNode json, Reliability before, Reliability after) {
    MetricsJson.put(json, "ece", before.ece());
    MetricsJson.put(json, "ece_calibrated", after.ece());
    ArrayNode bins = json.putArray("bins");
    for (Reliability.Bin bin : before.bins()) {
      ObjectNode own = bins.addObject();
      own.put("count", bin.count());
      MetricsJson.put(own, "probability", bin.probability());
      MetricsJson.put(own, "frequency", bin.frequency());
    }
  }

  private static void attribution(ObjectNode json, Attributions attributions) {
    MetricsJson.put(json, "attention_agrees_with_shapley", attributions.agreement());
    ArrayNode warnings = json.putArray("warnings");
    attributions.warnings().forEach(warnings::add);
    ObjectNode emotions = json.putObject("emotions");
    attributions.predictions().scheme().classes().forEach(emotions::putObject);
    for (Attributions.Share share : attributions.shares()) {
      ObjectNode own = emotions.withObjectProperty(share.label()).putObject(share.modality().key());
      own.put("segments", share.segments());
      MetricsJson.put(own, "size", share.magnitude());
      MetricsJson.put(own, "towards_truth", share.towardsTruth());
      MetricsJson.put(own, "size_when_right", share.whenRight());
      MetricsJson.put(own, "size_when_wrong", share.whenWrong());
    }
    if (!attributions.terms().isEmpty()) {
      terms(json.putObject("terms"), attributions.terms());
    }
    ObjectNode deletion = json.putObject("deletion");
    for (Deletion check : attributions.deletion()) {
      ObjectNode own = deletion.putObject(check.ranking().name().toLowerCase(Locale.ROOT));
      own.put("segments", check.segments());
      MetricsJson.put(own, "loss_with_all", check.loss());
      own.put("first_hurts_most", check.topRaisesLossMost());
      own.put("first_changes_most", check.topChangesMost());
      ArrayNode removed = own.putArray("removed");
      for (Deletion.RankRemoval each : check.removals()) {
        ObjectNode rank = removed.addObject();
        rank.put("rank", each.rank());
        MetricsJson.put(rank, "change", each.change());
        MetricsJson.put(rank, "loss", each.loss());
      }
    }
  }

  private static void terms(ObjectNode json, List<TermShare> shares) {
    for (TermShare share : shares) {
      ObjectNode own =
          json.withObjectProperty(share.label()).putObject(share.modalities().toString());
      own.put("segments", share.segments());
      MetricsJson.put(own, "mean", share.mean());
      MetricsJson.put(own, "size", share.magnitude());
      MetricsJson.put(own, "difference_from_training_mean", share.deviation());
      MetricsJson.put(own, "towards_truth", share.towardsTruth());
    }
  }
}
