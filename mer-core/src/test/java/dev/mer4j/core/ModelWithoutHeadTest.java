package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelWithoutHeadTest {
  private boolean closed;

  @Test
  void failureToCreateTheHeadClosesTheEncoders() {
    HeadShape shape;
    try (MultimodalModel model = MultimodalModel.builder().inputs(RandomSegments.WIDTHS).build()) {
      shape = NetworkLayout.head(model.config());
    }
    Parameters none = new Parameters.Layout().allocate();

    assertThatThrownBy(() -> new HeadlessBackend().openNetwork(shape, none))
        .hasMessageContaining("no parameter")
        .hasSuppressedException(new IllegalStateException("close failed"));
    assertThat(closed).isTrue();
  }

  private final class HeadlessBackend implements Backend {
    @Override
    public String name() {
      return "headless";
    }

    @Override
    public int priority() {
      return -1;
    }

    @Override
    public Optional<String> unavailableReason() {
      return Optional.empty();
    }

    @Override
    public Encoders open(List<Modality> modalities, Parameters parameters) {
      return new HeadlessEncoders();
    }
  }

  private final class HeadlessEncoders implements Encoders {
    @Override
    public Sequences.Layout layout() {
      return Sequences.Layout.BATCH_FIRST;
    }

    @Override
    public PerModality<float[]> forward(
        PerModality<Sequences> sequences, Presence presence, boolean training) {
      return PerModality.of();
    }

    @Override
    public void backward(PerModality<float[]> states, float[] gradient) {}

    @Override
    public void close() {
      closed = true;
      throw new IllegalStateException("close failed");
    }
  }
}
