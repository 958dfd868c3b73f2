package dev.mer4j.train;

import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Holding;
import dev.mer4j.core.encoder.packed.PackedEngine;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Engine {@code packed}, holding the features of a training as one on a GPU does. */
public final class HoldingEngine implements EncoderEngine {
  private final EncoderEngine engine = new PackedEngine();

  @Override
  public String name() {
    return "holding";
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
  public Encoders open(Set<Modality> modalities, Parameters parameters) {
    return new Holder(engine.open(modalities, parameters));
  }

  private static final class Holder implements Encoders {
    private final Encoders encoders;
    private Map<SegmentId, Map<Modality, float[]>> held = Map.of();

    Holder(Encoders encoders) {
      this.encoders = encoders;
    }

    @Override
    public Holding hold(Batcher batches, int mostRows) {
      Map<SegmentId, Map<Modality, float[]>> latest = new HashMap<>();
      for (Batch batch : batches.inOrder()) {
        for (int b = 0; b < batch.size(); b++) {
          Map<Modality, float[]> own = new EnumMap<>(Modality.class);
          for (Modality modality : Modality.values()) {
            own.put(modality, row(batch.sequences().get(modality), b));
          }
          latest.put(batch.segments().get(b).id(), own);
        }
      }
      held = latest;
      return new Holding(true, latest.size() + " segments are held", latest::clear);
    }

    private static float[] row(Sequences from, int b) {
      float[] values = new float[from.lengths()[b] * from.width()];
      for (int t = 0; t < from.lengths()[b]; t++) {
        System.arraycopy(from.values(), from.offset(b, t), values, t * from.width(), from.width());
      }
      return values;
    }

    @Override
    public Map<Modality, float[]> forwardTraining(Batch batch, Presence presence) {
      Map<Modality, Sequences> full = new EnumMap<>(Modality.class);
      batch
          .sequences()
          .forEach((modality, bare) -> full.put(modality, fill(batch, modality, bare)));
      return forwardTraining(full, presence);
    }

    private Sequences fill(Batch batch, Modality modality, Sequences bare) {
      float[] values = new float[bare.batch() * bare.steps() * bare.width()];
      for (int b = 0; b < bare.batch(); b++) {
        float[] own = held.get(batch.segments().get(b).id()).get(modality);
        for (int t = 0; t < bare.lengths()[b]; t++) {
          System.arraycopy(own, t * bare.width(), values, bare.offset(b, t), bare.width());
        }
      }
      return new Sequences(
          bare.batch(), bare.steps(), bare.width(), bare.lengths(), bare.layout(), values);
    }

    @Override
    public Sequences.Layout layout() {
      return encoders.layout();
    }

    @Override
    public Map<Modality, float[]> forward(
        Map<Modality, Sequences> sequences, Presence presence, boolean training) {
      return encoders.forward(sequences, presence, training);
    }

    @Override
    public void backward(Map<Modality, float[]> states, float[] gradient) {
      encoders.backward(states, gradient);
    }

    @Override
    public void close() {
      encoders.close();
    }
  }
}
