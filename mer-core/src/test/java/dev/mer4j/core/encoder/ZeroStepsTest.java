package dev.mer4j.core.encoder;

import static dev.mer4j.core.encoder.EncoderSamples.parameters;
import static dev.mer4j.core.encoder.EncoderSamples.pooled;
import static dev.mer4j.core.encoder.EncoderSamples.raggedBatch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes that share their work give the bits of passes over copies with zeros. */
class ZeroStepsTest {
  private static final List<Modality> MODALITIES = EncoderSamples.WIDTHS.modalities();

  static List<String> backends() {
    return TestedBackends.names();
  }

  static List<String> withPooling() {
    return TestedBackends.withPooling();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void passesEqualThoseOverCopiesWithZeros(String backend) {
    assertEqualToCopies(backend, parameters(1));
  }

  @ParameterizedTest
  @MethodSource("withPooling")
  void pooledPassesEqualThoseOverCopiesWithZeros(String backend) {
    assertEqualToCopies(backend, pooled(1));
  }

  private static void assertEqualToCopies(String backend, Parameters parameters) {
    int longest = TestedBackends.areSlow() ? 6 : 40;
    for (int size : new int[] {1, 5, 19}) {
      for (Layout layout : Layout.values()) {
        Batch batch = raggedBatch(size, longest, layout, size);
        List<ZeroSteps> passes =
            List.of(
                random(size, longest, 0.5),
                random(size, longest, 1),
                new ZeroSteps(PerModality.of()),
                new ZeroSteps(
                    PerModality.of(
                        MODALITIES.get(0), random(size, longest, 0.2).of(MODALITIES.get(0)))));
        try (Encoders encoders = Backends.named(backend).open(MODALITIES, parameters)) {
          List<PerModality<float[]>> states =
              encoders.forward(batch.sequences(), batch.presence(), passes);
          for (int p = 0; p < passes.size(); p++) {
            PerModality<float[]> expected =
                encoders.forward(passes.get(p).applyTo(batch.sequences()), batch.presence());
            for (Modality modality : MODALITIES) {
              assertThat(states.get(p).get(modality))
                  .as("pass %d of %d rows, %s", p, size, modality)
                  .isEqualTo(expected.get(modality));
            }
          }
        }
      }
    }
  }

  /** Returns steps of each row, each with this probability, some beyond the row's end. */
  private static ZeroSteps random(int size, int longest, double rate) {
    SeedStream draws = new Seeds(size).stream("zero");
    return new ZeroSteps(
        PerModality.of(
            MODALITIES,
            modality -> {
              List<BitSet> rows = new ArrayList<>();
              for (int b = 0; b < size; b++) {
                BitSet zero = new BitSet();
                for (int t = 0; t < longest; t++) {
                  zero.set(t, draws.nextDouble() < rate);
                }
                rows.add(zero);
              }
              return rows;
            }));
  }
}
