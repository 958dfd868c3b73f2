package dev.mer4j.train;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.internal.packed.NativeBackend;
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

/** Backend {@code native} with resident features, as on a GPU. */
public final class ResidentBackend implements Backend {
  private final Backend backend = new NativeBackend();

  @Override
  public String name() {
    return "resident";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public String function() {
    return backend.function();
  }

  @Override
  public Optional<String> unavailableReason() {
    return backend.unavailableReason();
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    return backend.open(modalities, parameters);
  }

  @Override
  public Network openNetwork(HeadShape shape, Parameters parameters) {
    return new ResidentNetwork(backend.openNetwork(shape, parameters));
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
