package dev.mer4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.MerException;
import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Compares backends with a reference backend within their tolerances, on ragged batches at the real
 * widths and over a few training steps of complete models, and checks that their results repeat.
 * Prints a line of JSON for each batch. Arguments: the backends, separated by commas; the
 * reference; and {@code --quick} for small batches only.
 */
public final class BackendCheck {
  private static final int TRAINING_STEPS = 3;
  private static final double SINGLE_PRECISION = 1e-4;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The size of a batch, and the pooling of its encoders. */
  private record Shape(int hidden, int rows, int steps, Pooling pooling) {
    Shape(int hidden, int rows, int steps) {
      this(hidden, rows, steps, Pooling.LAST);
    }

    int stateWidth() {
      return new EncoderShape(Recipe.WIDTHS, hidden, pooling).stateWidth();
    }
  }

  private static final Shape RECIPE = new Shape(128, Recipe.BATCH, Recipe.STEPS);
  private static final List<Shape> SMALL =
      List.of(
          new Shape(64, 3, 7),
          new Shape(128, 5, 20),
          new Shape(64, 3, 7, Pooling.ATTENTION),
          new Shape(128, 5, 20, Pooling.ATTENTION));
  private static final List<Shape> ALL =
      List.of(
          new Shape(64, 1, 300),
          new Shape(64, 33, 60),
          new Shape(128, 1, 300),
          RECIPE,
          new Shape(128, 100, 50),
          new Shape(200, 16, 100),
          new Shape(256, 7, 120),
          new Shape(256, 40, 30),
          new Shape(64, 33, 60, Pooling.ATTENTION),
          new Shape(128, Recipe.BATCH, Recipe.STEPS, Pooling.ATTENTION),
          new Shape(200, 16, 100, Pooling.ATTENTION));

  /** The most classes: 64 labels and none. */
  private static final LabelSet MOST_CLASSES =
      LabelSet.singleLabel(
          IntStream.range(0, LabelSet.MOST).mapToObj(c -> Emotion.of("label " + c)).toList(),
          TieRule.NONE_CLASS);

  private BackendCheck() {}

  public static void main(String[] arguments) {
    boolean quick = Arrays.asList(arguments).contains("--quick");
    boolean good = true;
    for (String backend : arguments[0].split(",", -1)) {
      good &= agrees(backend, arguments[1], quick);
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean agrees(String name, String reference, boolean quick) {
    boolean good = true;
    try {
      Backend backend = Backends.named(name);
      for (Shape shape : quick ? SMALL : ALL) {
        good &= encodersAgree(backend, reference, shape);
      }
      Shape shape = quick ? SMALL.get(1) : RECIPE;
      for (Fusion fusion : List.of(Fusion.concatenation(), Fusion.attention())) {
        good &= modelsAgree(backend, reference, shape, fusion, LabelSet.MULTI_LABEL);
      }
      // The head's kernels are the same in all backends. Rounded factors may move one of the few
      // hidden units that matter in a small batch across ReLU's threshold.
      if (backend.tolerance() <= SINGLE_PRECISION) {
        good &= modelsAgree(backend, reference, shape, Fusion.concatenation(), MOST_CLASSES);
      }
    } catch (MerException e) {
      System.err.println(e.getMessage());
      good = false;
    }
    return good;
  }

  private static boolean encodersAgree(Backend backend, String reference, Shape shape) {
    Parameters parameters = parameters(shape);
    Batch batch = batch(shape);
    PerModality<float[]> upstream = upstream(shape);
    try (Encoders ours = backend.open(Recipe.WIDTHS.modalities(), parameters);
        Encoders theirs = Backends.named(reference).open(Recipe.WIDTHS.modalities(), parameters)) {
      PerModality<float[]> states = ours.forward(batch.sequences(), batch.presence());
      PerModality<float[]> expected = theirs.forward(batch.sequences(), batch.presence());
      double stateError = 0;
      for (Modality modality : states.modalities()) {
        float[] other = expected.get(modality);
        stateError = Math.max(stateError, distance(states.get(modality), other, 0, other.length));
      }
      float[] gradient = gradient(ours, batch, upstream, parameters);
      float[] other = gradient(theirs, batch, upstream, parameters);
      double gradientError = distance(gradient, other, parameters);
      boolean repeats = Arrays.equals(gradient, gradient(ours, batch, upstream, parameters));
      boolean good =
          stateError < backend.tolerance() && gradientError < backend.tolerance() && repeats;
      ObjectNode line = line(backend, reference, shape);
      line.put("state_error", stateError).put("gradient_error", gradientError);
      System.out.println(line.put("repeats", repeats).put("good", good));
      return good;
    }
  }

  /**
   * Compares training steps of complete models, including head, clipping and AdamW. The head has
   * discontinuities and subtracts nearly equal numbers, so a backend that rounds factors is
   * compared on the gradient and the parameters as a whole, not per tensor.
   */
  private static boolean modelsAgree(
      Backend backend, String reference, Shape shape, Fusion fusion, LabelSet labels) {
    Batch batch = labeled(batch(shape), labels.classCount());
    ModelBuilder model = Recipe.model().fusion(fusion).labels(labels);
    try (MultimodalModel ours = model.backend(backend.name()).build();
        MultimodalModel theirs = model.backend(reference).build();
        TrainingSession session = startTraining(ours, labels);
        TrainingSession other = startTraining(theirs, labels)) {
      double lossError = 0;
      double normError = 0;
      double gradientError = 0;
      for (int step = 0; step < TRAINING_STEPS; step++) {
        StepResult found = step(session, batch, step);
        StepResult expected = step(other, batch, step);
        lossError = Math.max(lossError, distance(found.loss(), expected.loss()));
        normError = Math.max(normError, distance(found.gradientNorm(), expected.gradientNorm()));
        // In the first step only: the attention's gradient suffers from cancellation, which
        // amplifies the differences between the parameters in later steps.
        if (step == 0) {
          gradientError = distance(backend, session.gradient(), other.gradient(), ours);
        }
      }
      double parameterError =
          distance(backend, ours.parameters().values(), theirs.parameters().values(), ours);
      boolean good =
          DoubleStream.of(lossError, normError, gradientError, parameterError)
              .allMatch(error -> error < backend.tolerance());
      ObjectNode line = line(backend, reference, shape).put("fusion", fusion.toString());
      line.put("classes", labels.classCount());
      line.put("learning_steps", TRAINING_STEPS);
      line.put("loss_error", lossError).put("norm_error", normError);
      line.put("gradient_error", gradientError).put("parameter_error", parameterError);
      System.out.println(line.put("good", good));
      return good;
    }
  }

  private static TrainingSession startTraining(MultimodalModel model, LabelSet labels) {
    TrainingOptions recipe = Recipe.options(0.1);
    TrainingOptions options =
        new TrainingOptions(
            Loss.unweighted(labels.classCount()), recipe.rates(), recipe.clipping());
    return model.startTraining(options, Recipe.segments(model.layout()));
  }

  /** Returns a batch in which each row has one of C classes. */
  private static Batch labeled(Batch batch, int classes) {
    float[] targets = new float[batch.size() * classes];
    for (int b = 0; b < batch.size(); b++) {
      targets[b * classes + b % classes] = 1;
    }
    return new Batch(batch.segments(), batch.presence(), batch.sequences(), targets);
  }

  private static StepResult step(TrainingSession session, Batch batch, int step) {
    return Recipe.step(session, batch, new Seeds(1).stream("head-dropout").at(step));
  }

  private static double distance(Backend backend, float[] a, float[] b, MultimodalModel model) {
    return backend.tolerance() > SINGLE_PRECISION
        ? distance(a, b, 0, b.length)
        : distance(a, b, model.parameters());
  }

  private static double distance(double a, double b) {
    return Math.abs(a - b) / Math.abs(b);
  }

  private static ObjectNode line(Backend backend, String reference, Shape shape) {
    ObjectNode line = JSON.createObjectNode();
    line.put("side", "check").put("backend", backend.name()).put("reference", reference);
    line.put("tolerance", backend.tolerance());
    line.put("hidden", shape.hidden()).put("pooling", shape.pooling().key());
    return line.put("rows", shape.rows()).put("steps", shape.steps());
  }

  private static float[] gradient(
      Encoders encoders, Batch batch, PerModality<float[]> upstream, Parameters parameters) {
    float[] gradient = new float[parameters.size()];
    encoders.forwardTraining(batch.sequences(), batch.presence());
    encoders.backward(upstream, gradient);
    return gradient;
  }

  private static Parameters parameters(Shape shape) {
    int hidden = shape.hidden();
    Parameters.Layout layout = new Parameters.Layout();
    Recipe.WIDTHS.forEach((m, width) -> LstmParameters.declare(layout, m, width, hidden));
    if (shape.pooling() == Pooling.ATTENTION) {
      Recipe.WIDTHS.modalities().forEach(m -> PoolingParameters.declare(layout, m, hidden));
    }
    Parameters parameters = layout.allocate();
    Initialization initialization = new Initialization(new Seeds(hidden));
    for (ParameterView view : parameters.views()) {
      // The pooling's values are up to 1, so that the weights of the steps differ.
      int inputs = view.name().startsWith("pooling.") ? 1 : hidden;
      initialization.uniform(parameters, view.name(), inputs);
    }
    return parameters;
  }

  /**
   * With three or more rows, lengths 0, 1 and T occur; about a quarter of the modalities are
   * absent.
   */
  private static Batch batch(Shape shape) {
    Batch full = Recipe.batch(shape.rows(), shape.steps(), Sequences.Layout.BATCH_FIRST);
    SeedStream draws = new Seeds(shape.rows()).stream("ragged");
    PerModality.Builder<Sequences> ragged = PerModality.builder();
    full.sequences()
        .forEach(
            (modality, all) -> {
              int[] lengths = new int[shape.rows()];
              Arrays.setAll(
                  lengths,
                  b -> b == 0 ? shape.steps() : b < 3 ? b - 1 : draws.nextInt(shape.steps() + 1));
              ragged.put(
                  modality,
                  new Sequences(
                      all.batch(), all.steps(), all.width(), lengths, all.layout(), all.values()));
            });
    List<ModalitySet> presence = new ArrayList<>();
    for (int b = 0; b < shape.rows(); b++) {
      ModalitySet row = ModalitySet.of(Modality.MOSEI);
      for (Modality modality : Modality.MOSEI) {
        row = b > 2 && draws.nextInt(4) == 0 ? row.without(modality) : row;
      }
      presence.add(row);
    }
    return new Batch(full.segments(), Presence.of(presence), ragged.build(), full.targets());
  }

  private static PerModality<float[]> upstream(Shape shape) {
    SeedStream draws = new Seeds(shape.steps()).stream("upstream");
    PerModality.Builder<float[]> upstream = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      float[] values = new float[shape.rows() * shape.stateWidth()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draws.nextGaussian();
      }
      upstream.put(modality, values);
    }
    return upstream.build();
  }

  /** Returns the largest distance of any tensor. */
  private static double distance(float[] a, float[] b, Parameters parameters) {
    return parameters.views().stream()
        .mapToDouble(view -> distance(a, b, view.offset(), view.size()))
        .max()
        .orElse(0);
  }

  /** Returns ‖a−b‖/‖b‖, or ‖a‖ if b is zero, over a range of values. */
  private static double distance(float[] a, float[] b, int from, int count) {
    double difference = 0;
    double norm = 0;
    for (int i = from; i < from + count; i++) {
      difference += Math.pow((double) a[i] - b[i], 2);
      norm += Math.pow(b[i], 2);
    }
    return Math.sqrt(difference) / (norm == 0 ? 1 : Math.sqrt(norm));
  }
}
