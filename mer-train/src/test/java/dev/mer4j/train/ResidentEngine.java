package dev.mer4j.train;

import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.encoder.packed.PackedEngine;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.List;
import java.util.Optional;

/** Engine {@code packed} whose trainings keep all features, as those on a GPU do. */
public final class ResidentEngine implements EncoderEngine {
  private final EncoderEngine engine = new PackedEngine();

  @Override
  public String name() {
    return "resident";
  }

  @Override
  public int preference() {
    return -1;
  }

  @Override
  public String function() {
    return engine.function();
  }

  @Override
  public Optional<String> whyUnavailable() {
    return engine.whyUnavailable();
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    return engine.open(modalities, parameters);
  }

  @Override
  public Network openNetwork(HeadShape shape, Parameters parameters) {
    return new ResidentNetwork(engine.openNetwork(shape, parameters));
  }

  private record ResidentNetwork(Network network) implements Network {
    @Override
    public TrainingSession startTraining(TrainingOptions options, Batcher batches) {
      return new ResidentSession(
          network.startTraining(options, batches.withoutFeatures()), batches);
    }

    @Override
    public Sequences.Layout layout() {
      return network.layout();
    }

    @Override
    public PerModality<float[]> encode(PerModality<Sequences> sequences, Presence presence) {
      return network.encode(sequences, presence);
    }

    @Override
    public Head.Output infer(PerModality<float[]> states, Presence presence) {
      return network.infer(states, presence);
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
