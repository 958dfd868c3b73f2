package dev.mer4j.train.ablation;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.Predictor.Prepared;
import dev.mer4j.eval.baseline.LogisticRegression;
import dev.mer4j.eval.missing.MissingScores;
import dev.mer4j.eval.threshold.SetThresholds;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.internal.DataDigest;
import dev.mer4j.train.sweep.LocalExecutor;
import dev.mer4j.train.sweep.Setting;
import dev.mer4j.train.sweep.Sweep;
import dev.mer4j.train.sweep.TrialExecutor;
import dev.mer4j.train.sweep.TrialScorer;
import dev.mer4j.train.sweep.TrialTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The trials of an ablation on one data set: the settings, trained in this process, and baselines.
 * All are scored on the test split, with complete and with missing input.
 */
public final class AblationTrials implements TrialExecutor, TrialScorer {
  /** The predictor of {@link AblationData#bound()}. */
  public static final String BOUND = "bound";

  /** The best constant predictor on the test split. */
  public static final String CONSTANT = "constant";

  /** {@link LogisticRegression} on the means of the steps. */
  public static final String LOGISTIC_REGRESSION = "logistic-regression";

  /** {@link UnimodalModels} of the first setting. */
  public static final String UNIMODAL_MEAN = "unimodal-mean";

  /** The mean of {@link MissingScores#full} and {@link MissingScores#area}. */
  public static final String PRIMARY = "primary";

  private static final List<String> BASELINES =
      List.of(BOUND, CONSTANT, LOGISTIC_REGRESSION, UNIMODAL_MEAN);

  private final AblationData data;
  private final List<Setting> settings;
  private final LocalExecutor models;
  private final UnimodalModels unimodal;

  /**
   * Creates the trials.
   *
   * @param settings the reference first; names of baselines are reserved
   * @throws ConfigException if there is no setting, one has the name of a baseline, or one is a
   *     single-label model
   */
  public AblationTrials(AblationData data, List<Setting> settings) {
    if (settings.isEmpty()) {
      throw new ConfigException("an ablation needs at least one setting");
    }
    for (Setting setting : settings) {
      if (BASELINES.contains(setting.name())) {
        throw new ConfigException("'" + setting.name() + "' is the name of a baseline");
      }
      if (setting.model().labels().task() != Task.MULTI_LABEL) {
        throw new ConfigException(
            setting.name() + " is a single-label model; the baselines are multi-label");
      }
    }
    this.data = data;
    this.settings = List.copyOf(settings);
    models = new LocalExecutor(settings, data, null);
    unimodal = new UnimodalModels(settings.get(0), data);
  }

  /**
   * Returns a builder of the sweep over settings and baselines, without seeds.
   *
   * @param folder the folder of the data set
   */
  public Sweep.Builder sweep(Path folder) {
    Sweep.Builder sweep = Sweep.builder().executor(this).scorer(this).settings(settings, folder);
    rows().stream()
        .filter(BASELINES::contains)
        .forEach(baseline -> sweep.setting(baseline, folder.resolve(baseline)));
    return sweep;
  }

  /** Returns the names of all settings and baselines, in the order of the tables. */
  public List<String> rows() {
    List<String> rows = new ArrayList<>(settings.stream().map(Setting::name).toList());
    BASELINES.stream()
        .filter(name -> !name.equals(BOUND) || data.bound().isPresent())
        .forEach(rows::add);
    return rows;
  }

  @Override
  public Fingerprint fingerprint(TrialTask task) {
    Map<String, String> facts = new TreeMap<>(trained(task).facts());
    facts.put("test data", DataDigest.of(data.test(task.seed())));
    return new Fingerprint(facts);
  }

  private Fingerprint trained(TrialTask task) {
    if (!BASELINES.contains(task.setting())) {
      return models.fingerprint(task);
    }
    if (task.setting().equals(UNIMODAL_MEAN)) {
      return unimodal.fingerprint(task);
    }
    TrialTask reference = new TrialTask(settings.get(0).name(), task.seed(), task.folder());
    Map<String, String> facts = new TreeMap<>(models.fingerprint(reference).facts());
    facts.keySet().removeIf(name -> !name.endsWith(" data"));
    facts.put("baseline", task.setting());
    return new Fingerprint(facts);
  }

  @Override
  public boolean train(TrialTask task, Cancellation cancellation) throws InterruptedException {
    if (task.setting().equals(UNIMODAL_MEAN)) {
      return unimodal.train(task, cancellation);
    }
    return BASELINES.contains(task.setting()) || models.train(task, cancellation);
  }

  @Override
  public List<String> names() {
    return List.of("full", "missing", "area", PRIMARY);
  }

  @Override
  public Map<String, Double> score(TrialTask task) {
    MissingScores scores = scores(task);
    return Map.of(
        "full",
        scores.full(),
        "missing",
        scores.missing(),
        "area",
        scores.area(),
        PRIMARY,
        (scores.full() + scores.area()) / 2);
  }

  private MissingScores scores(TrialTask task) {
    long seed = task.seed();
    TestSplit test = data.test(seed);
    return switch (task.setting()) {
      case BOUND -> fitted(data.bound().orElseThrow().apply(seed), seed);
      case CONSTANT -> constant(seed);
      case LOGISTIC_REGRESSION ->
          fitted(LogisticRegression.fit(data.training(seed), data.validation(seed)), seed);
      case UNIMODAL_MEAN -> unimodal.use(task, mean -> fitted(mean, seed));
      default -> {
        try (MultimodalModel model = MultimodalModel.load(task.model())) {
          yield MissingScores.of(Predictor.of(model), test);
        }
      }
    };
  }

  private MissingScores fitted(Predictor predictor, long seed) {
    return MissingScores.of(
        SetThresholds.fitted(predictor, data.validation(seed)), data.test(seed));
  }

  /** The best constant on the test split; it does not depend on the input. */
  private MissingScores constant(long seed) {
    TestSplit test = data.test(seed);
    try (MultimodalModel any = settings.get(0).newModel(null, 0)) {
      Prepared prepared = Predictor.of(any).prepare(test);
      Evaluation evaluation =
          Evaluator.withPriorsFrom(data.training(seed))
              .evaluate(CONSTANT, prepared.predict(prepared.presence().and(ModalitySet.NONE)));
      double macroF1 = evaluation.bestConstantMacroF1();
      return new MissingScores(macroF1, macroF1, macroF1);
    }
  }
}
