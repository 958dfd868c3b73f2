package dev.mer4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs the recipe's widest modality at its full length, at which ND4J's bidirectional {@code
 * lstmLayer} crashes the JVM; backend {@code samediff} runs one direction at a time.
 */
class WideInputTest {
  private static final int INPUTS = 713;
  private static final int STEPS = 300;
  private static final int HIDDEN = 128;
  private static final int ROWS = 2;

  @Test
  void widestInputsGiveTheSameGradientAsOtherBackends() {
    Parameters.Layout layout = new Parameters.Layout();
    LstmParameters.declare(layout, Modality.VISUAL, INPUTS, HIDDEN);
    Parameters parameters = layout.allocate();
    Initialization initialization = new Initialization(new Seeds(5));
    for (ParameterView view : parameters.views()) {
      initialization.uniform(parameters, view.name(), HIDDEN);
    }
    EncoderShape shape = EncoderShape.of(List.of(Modality.VISUAL), parameters);
    float[] best = gradient(Backends.best(shape), parameters);
    float[] graph = gradient(Backends.named("samediff"), parameters);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < best.length; i++) {
      difference += (best[i] - graph[i]) * (best[i] - graph[i]);
      norm += graph[i] * graph[i];
    }
    assertThat(Math.sqrt(difference / norm)).isLessThan(1e-4);
  }

  private static float[] gradient(Backend backend, Parameters parameters) {
    SeedStream draws = new Seeds(6).stream("wide");
    float[] values = new float[ROWS * STEPS * INPUTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.nextGaussian();
    }
    float[] upstream = new float[ROWS * 2 * HIDDEN];
    for (int i = 0; i < upstream.length; i++) {
      upstream[i] = (float) draws.nextGaussian();
    }
    int[] lengths = {STEPS, STEPS - 7};
    Sequences sequences =
        new Sequences(ROWS, STEPS, INPUTS, lengths, Sequences.Layout.BATCH_FIRST, values);
    float[] gradient = new float[parameters.size()];
    try (Encoders encoders = backend.open(List.of(Modality.VISUAL), parameters)) {
      Presence presence =
          Presence.of(List.of(ModalitySet.of(Modality.MOSEI), ModalitySet.of(Modality.MOSEI)));
      encoders.forwardTraining(PerModality.of(Modality.VISUAL, sequences), presence);
      encoders.backward(PerModality.of(Modality.VISUAL, upstream), gradient);
    }
    return gradient;
  }
}
