package dev.mer4j.samediff;

import dev.mer4j.core.cpu.Workers;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.lifetime.UseGate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The encoders one after another, each a graph of its own. */
final class SameDiffEncoders implements Encoders {
  private final UseGate gate = new UseGate("the model");
  private final Map<Modality, SameDiffEncoder> encoders = new EnumMap<>(Modality.class);
  private final Workers worker = Workers.single();
  private int hidden;

  SameDiffEncoders(Set<Modality> modalities, Parameters parameters) {
    for (Modality modality : modalities) {
      encoders.put(modality, new SameDiffEncoder(modality, parameters));
      hidden = LstmParameters.of(parameters, modality, Direction.FORWARD).hidden();
    }
  }

  @Override
  public Sequences.Layout layout() {
    return Sequences.Layout.BATCH_FIRST;
  }

  @Override
  public Map<Modality, float[]> forward(
      Map<Modality, Sequences> sequences, Presence presence, boolean training) {
    return gate.use(
        () -> {
          EncoderBatch batch = EncoderBatch.of(encoders.keySet(), sequences, presence, hidden);
          encoders.forEach(
              (modality, encoder) ->
                  encoder.forward(
                      batch.sequences(modality),
                      batch.rows(modality),
                      training,
                      batch.states(modality)));
          return batch.states();
        });
  }

  @Override
  public void backward(Map<Modality, float[]> states, float[] gradient) {
    gate.run(
        () ->
            run(
                (modality, encoder) ->
                    encoder.backward(EncoderBatch.of(states, modality), gradient)));
  }

  private void run(BiConsumer<Modality, SameDiffEncoder> pass) {
    worker.run(List.of(new Workers.Task(0, () -> encoders.forEach(pass))));
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          worker.close();
          encoders.clear();
        });
  }
}
