package dev.mer4j.core.encoder;

import dev.mer4j.core.RandomBatches;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/** Random parameters and batches of small encoders. */
final class EncoderSamples {
  static final int HIDDEN = 5;
  static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 7, Modality.AUDIO, 3, Modality.VISUAL, 11);

  private EncoderSamples() {}

  static Parameters parameters(long seed) {
    Parameters.Layout layout = new Parameters.Layout();
    WIDTHS.forEach((modality, width) -> LstmParameters.declare(layout, modality, width, HIDDEN));
    Parameters parameters = layout.allocate();
    Initialization initialization = new Initialization(new Seeds(seed));
    for (ParameterView view : parameters.views()) {
      initialization.uniform(parameters, view.name(), HIDDEN);
    }
    return parameters;
  }

  /** Returns parameters with attention pooling whose weights differ by a factor of about ten. */
  static Parameters pooled(long seed) {
    Parameters.Layout layout = new Parameters.Layout();
    WIDTHS.forEach((modality, width) -> LstmParameters.declare(layout, modality, width, HIDDEN));
    WIDTHS.modalities().forEach(m -> PoolingParameters.declare(layout, m, HIDDEN));
    Parameters parameters = layout.allocate();
    System.arraycopy(parameters(seed).values(), 0, parameters.values(), 0, parameters(seed).size());
    SeedStream draws = new Seeds(seed).stream("pooling");
    for (int i = parameters(seed).size(); i < parameters.size(); i++) {
      parameters.values()[i] = (float) (3 * draws.nextGaussian());
    }
    return parameters;
  }

  /**
   * Returns a batch with lengths 0, 1 and T, if it is large enough, and about a quarter of the
   * modalities absent.
   */
  static Batch raggedBatch(int batchSize, int steps, Layout layout, long seed) {
    SeedStream draws = new Seeds(seed).stream("ragged");
    PerModality.Builder<int[]> lengths = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      int[] rows = new int[batchSize];
      for (int b = 0; b < batchSize; b++) {
        rows[b] = b == 0 ? steps : b == 1 ? 0 : b == 2 ? 1 : draws.nextInt(steps + 1);
      }
      lengths.put(modality, rows);
    }
    List<ModalitySet> presence = new ArrayList<>();
    for (int b = 0; b < batchSize; b++) {
      ModalitySet row = ModalitySet.of(Modality.MOSEI);
      for (Modality modality : Modality.MOSEI) {
        if (b > 2 && draws.nextInt(4) == 0) {
          row = row.without(modality);
        }
      }
      presence.add(row);
    }
    return RandomBatches.batch(WIDTHS, lengths.build(), presence, layout, seed);
  }

  static PerModality<float[]> upstream(Batch batch, Parameters parameters, long seed) {
    int width = EncoderShape.of(WIDTHS.modalities(), parameters).stateWidth();
    SeedStream draws = new Seeds(seed).stream("upstream");
    PerModality.Builder<float[]> upstream = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      float[] values = new float[batch.size() * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draws.nextGaussian();
      }
      upstream.put(modality, values);
    }
    return upstream.build();
  }
}
