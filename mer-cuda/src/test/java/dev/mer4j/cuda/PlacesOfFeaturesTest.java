package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.encoder.Holding;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A short training ends in the same bits wherever its features are. */
class PlacesOfFeaturesTest {
  private static final Batcher SEGMENTS = Trial.of(20, 11, 6, 1).batcher(4);

  @BeforeEach
  void needsTheEmulation() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
  }

  @Test
  void theParametersAreTheSame() {
    String plain;
    String ahead;
    String held;
    try (MultimodalModel model = model()) {
      plain = trained(model, SEGMENTS, false);
    }
    try (MultimodalModel model = model()) {
      ahead = trained(model, SEGMENTS, true);
    }
    try (MultimodalModel model = model();
        Holding holding = model.hold(SEGMENTS)) {
      assertThat(holding.held()).isTrue();
      held = trained(model, SEGMENTS.withoutFeatures(), true);
    }
    assertThat(List.of(ahead, held)).containsOnly(plain);
  }

  /** Two epochs in which some rows lose a modality, as a trainer takes them. */
  private static String trained(MultimodalModel model, Batcher batcher, boolean announced) {
    Learner learner = model.learner(new AdamW.Rates(0.01, 0.01), new GradientClipping(1));
    SeedStream draws = new Seeds(3).stream("modality-dropout");
    for (int epoch = 1; epoch <= 2; epoch++) {
      List<Batch> batches = List.copyOf(batcher.epoch(epoch));
      for (int n = 0; n < batches.size(); n++) {
        if (announced && n == 0) {
          model.announce(batches.get(n));
        }
        if (announced && n + 1 < batches.size()) {
          model.announce(batches.get(n + 1));
        }
        Batch batch = batches.get(n);
        SeedStream own = draws.at(epoch).at(n);
        Presence kept =
            Presence.of(
                IntStream.range(0, batch.size())
                    .mapToObj(b -> some(batch.presence().row(b), own))
                    .toList());
        learner.step(batch, kept, new Seeds(4).stream("head-dropout").at(epoch).at(n), 0.01);
      }
    }
    return model.parameters().sha256();
  }

  private static ModalitySet some(ModalitySet row, SeedStream draws) {
    List<Modality> all = row.toList();
    return all.size() < 2 ? row : row.without(all.get(draws.nextInt(all.size())));
  }

  private static MultimodalModel model() {
    return MultimodalModel.builder()
        .inputs(Trial.WIDTHS)
        .hidden(20)
        .headWidth(9)
        .fusion(Fusion.attention())
        .engine("cuda-emulated")
        .seed(2)
        .build();
  }
}
