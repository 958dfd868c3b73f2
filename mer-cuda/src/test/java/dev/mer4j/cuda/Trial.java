package dev.mer4j.cuda;

import dev.mer4j.core.RandomBatches;
import dev.mer4j.core.RelativeError;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.encoder.ReferenceLstm;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.HeadShape.HiddenLayer;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random parameters, a random ragged batch and random gradients of its states. */
record Trial(Parameters parameters, Batch batch, PerModality<float[]> upstream) {
  static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 7, Modality.AUDIO, 3, Modality.VISUAL, 130);

  /**
   * With three or more rows, lengths 0, 1 and T occur; about a quarter of the modalities are
   * absent.
   */
  static Trial of(int hidden, int rows, int steps, long seed) {
    return of(WIDTHS, hidden, rows, steps, seed);
  }

  /** The same batch and encoders with attention pooling. */
  static Trial pooled(int hidden, int rows, int steps, long seed) {
    return of(WIDTHS, new EncoderShape(WIDTHS, hidden, Pooling.ATTENTION), rows, steps, seed);
  }

  /** The same batch of modalities of these widths; the parameters are those of three. */
  static Trial of(PerModality<Integer> widths, int hidden, int rows, int steps, long seed) {
    return of(widths, new EncoderShape(WIDTHS, hidden), rows, steps, seed);
  }

  private static Trial of(
      PerModality<Integer> widths, EncoderShape shape, int rows, int steps, long seed) {
    SeedStream draws = new Seeds(seed).stream("trial");
    PerModality.Builder<int[]> lengths = PerModality.builder();
    PerModality.Builder<float[]> upstream = PerModality.builder();
    for (Modality modality : widths.modalities()) {
      int[] own = new int[rows];
      Arrays.setAll(own, b -> b == 0 ? steps : b == 1 ? 0 : b == 2 ? 1 : draws.nextInt(steps + 1));
      lengths.put(modality, own);
      float[] gradients = new float[rows * shape.stateWidth()];
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = (float) draws.nextGaussian();
      }
      upstream.put(modality, gradients);
    }
    List<ModalitySet> presence = new ArrayList<>();
    for (int b = 0; b < rows; b++) {
      ModalitySet row = ModalitySet.of(widths.modalities());
      for (Modality modality : widths.modalities()) {
        row = b > 2 && draws.nextInt(4) == 0 ? row.without(modality) : row;
      }
      presence.add(row);
    }
    return new Trial(
        parameters(shape, head(shape.stateWidth(), 6), seed),
        RandomBatches.batch(widths, lengths.build(), presence, Layout.BATCH_FIRST, seed),
        upstream.build());
  }

  /** Returns random parameters of encoders and a head. */
  static Parameters parameters(EncoderShape shape, HeadShape head, long seed) {
    int hidden = shape.hidden();
    Parameters.Layout layout = new Parameters.Layout();
    WIDTHS.forEach((m, width) -> LstmParameters.declare(layout, m, width, hidden));
    if (shape.pooling() == Pooling.ATTENTION) {
      WIDTHS.modalities().forEach(m -> PoolingParameters.declare(layout, m, hidden));
    }
    HeadParameters.declare(layout, head);
    Parameters parameters = layout.allocate();
    Initialization initialization = new Initialization(new Seeds(seed));
    for (ParameterView view : parameters.views()) {
      // Values up to 1, so that the weights of the steps differ.
      int inputs = view.name().startsWith("pooling.") ? 1 : hidden;
      initialization.uniform(parameters, view.name(), inputs);
    }
    return parameters;
  }

  /** Returns the shape of the head in the parameters without pooling. */
  static HeadShape head(int hidden) {
    return head(2 * hidden, 6);
  }

  /** Returns the shape of a head for states of this width. */
  static HeadShape head(int stateWidth, int classes) {
    List<Modality> modalities = Modality.MOSEI;
    return new HeadShape(
        modalities,
        stateWidth,
        new Fusion.Attention(9),
        new HiddenLayer(13, 0.3),
        Task.MULTI_LABEL,
        classes);
  }

  /** Returns a batcher of one batch with all rows, shifted and scaled. */
  Batcher batcher() {
    return batcher(batch.size());
  }

  /** Returns a batcher of the rows, shifted and scaled. */
  Batcher batcher(int batchSize) {
    List<Segment> segments = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      SegmentInfo info = batch.segments().get(b);
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : info.modalities().toList()) {
        Sequences all = batch.sequences().get(modality);
        int steps = info.steps(modality);
        int from = all.offset(b, 0);
        float[] own = Arrays.copyOfRange(all.values(), from, from + steps * all.width());
        features.put(modality, new Features(steps, all.width(), own));
      }
      segments.add(new Segment(info.id(), 0, 1, info.scores(), features.build()));
    }
    SegmentList list = SegmentList.of(segments);
    return Batcher.builder(list)
        .batchSize(batchSize)
        .layout(Layout.BATCH_FIRST)
        .standardization(Standardization.fit(list))
        .build();
  }

  PerModality<float[]> states(Encoders encoders) {
    return encoders.forward(batch.sequences(), batch.presence());
  }

  float[] gradient(Encoders encoders) {
    float[] gradient = new float[parameters.size()];
    encoders.forwardTraining(batch.sequences(), batch.presence());
    encoders.backward(upstream, gradient);
    return gradient;
  }

  /** Returns the states [B, 2H] of each modality by the equations in double precision. */
  PerModality<float[]> expectedStates() {
    return PerModality.of(
        WIDTHS.modalities(),
        modality -> {
          Sequences sequences = batch.sequences().get(modality);
          float[] states = new float[upstream.get(modality).length];
          for (int b = 0; b < batch.size(); b++) {
            if (batch.presence().has(b, modality)) {
              float[] row = floats(ReferenceLstm.state(parameters, modality, sequences, b));
              System.arraycopy(row, 0, states, b * row.length, row.length);
            }
          }
          return states;
        });
  }

  /** Returns the gradient by the equations in double precision. */
  float[] expectedGradient() {
    double[] gradient = new double[parameters.size()];
    for (Modality modality : WIDTHS.modalities()) {
      Sequences sequences = batch.sequences().get(modality);
      for (int b = 0; b < batch.size(); b++) {
        if (batch.presence().has(b, modality)) {
          ReferenceLstm.addGradient(
              parameters, modality, sequences, b, upstream.get(modality), gradient);
        }
      }
    }
    return floats(gradient);
  }

  private static float[] floats(double[] values) {
    float[] copy = new float[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) values[i];
    }
    return copy;
  }

  /** Starts a training session on the segments and parameters of this trial. */
  TrainingSession start(CudaEncoders encoders, TrainingOptions options) {
    return new CudaNetwork(encoders, head()).startTraining(options, batcher());
  }

  /** Returns the shape of the head in the parameters. */
  HeadShape head() {
    return head(upstream.get(Modality.TEXT).length / batch.size(), 6);
  }

  /** Returns the gradient of a batch with the kept modalities, without updating the parameters. */
  static float[] gradient(TrainingSession session, Batch batch, Presence kept) {
    session.step(batch, kept, new Seeds(1).stream("dropout"), 0);
    return session.gradient();
  }

  /** Returns the largest ‖a−b‖/‖b‖ of any tensor. */
  double distance(float[] a, float[] b) {
    return parameters.views().stream()
        .mapToDouble(view -> distance(a, b, view.offset(), view.size()))
        .max()
        .orElse(0);
  }

  /** Returns the largest ‖a−b‖/‖b‖ of any modality's states. */
  static double distance(PerModality<float[]> a, PerModality<float[]> b) {
    return a.modalities().stream()
        .mapToDouble(m -> distance(a.get(m), b.get(m), 0, b.get(m).length))
        .max()
        .orElse(0);
  }

  private static double distance(float[] a, float[] b, int from, int count) {
    return RelativeError.of(
        RelativeError.doubles(a, from, count), RelativeError.doubles(b, from, count));
  }
}
