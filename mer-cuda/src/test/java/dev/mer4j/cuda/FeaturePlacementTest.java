package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A short training run is bit-identical for every placement of the features. */
class FeaturePlacementTest {
  private static final Batcher SEGMENTS = Trial.of(20, 11, 6, 1).batcher(4);

  @BeforeEach
  void requireEmulator() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
  }

  @Test
  void placementsGiveBitIdenticalParameters() {
    String inTheStep =
        trained(200, "the features of ", (session, e) -> SEGMENTS.epoch(e).iterator());
    String resident = trained(200, "the features of ", (session, e) -> session.epoch(e, 0));
    String prefetched =
        trained(60, "features are prefetched ", (session, e) -> session.epoch(e, 0));
    assertThat(List.of(resident, prefetched)).containsOnly(inTheStep);
  }

  /** Trains two epochs in which some rows drop a modality. */
  private static String trained(
      long mebibytes,
      String placement,
      BiFunction<TrainingSession, Integer, Iterator<Batch>> epochs) {
    TrainingOptions options =
        new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0.01), new GradientClipping(1));
    SeedStream draws = new Seeds(3).stream("modality-dropout");
    try (MultimodalModel model = model()) {
      EmulatedDriver.load().mer_emulator_set_memory(mebibytes << 20);
      try (TrainingSession session = model.startTraining(options, SEGMENTS)) {
        assertThat(session.featurePlacement()).startsWith(placement);
        for (int epoch = 1; epoch <= 2; epoch++) {
          Iterator<Batch> batches = epochs.apply(session, epoch);
          for (int n = 0; batches.hasNext(); n++) {
            Batch batch = batches.next();
            SeedStream own = draws.at(epoch).at(n);
            Presence kept =
                Presence.of(
                    IntStream.range(0, batch.size())
                        .mapToObj(b -> some(batch.presence().row(b), own))
                        .toList());
            session.step(batch, kept, new Seeds(4).stream("head-dropout").at(epoch).at(n), 0.01);
          }
        }
        return model.parameters().sha256();
      }
    }
  }

  private static ModalitySet some(ModalitySet row, SeedStream draws) {
    List<Modality> all = row.toList();
    return all.size() < 2 ? row : row.without(all.get(draws.nextInt(all.size())));
  }

  private static MultimodalModel model() {
    return MultimodalModel.builder()
        .inputs(Trial.WIDTHS)
        .hidden(20)
        .headHidden(9)
        .fusion(Fusion.attention())
        .backend("cuda-emulated")
        .seed(2)
        .build();
  }
}
