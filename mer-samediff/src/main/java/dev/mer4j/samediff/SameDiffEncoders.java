package dev.mer4j.samediff;

import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.internal.cpu.Workers;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.internal.lifetime.UseGate;
import java.util.List;
import java.util.function.BiConsumer;

/** Runs the encoders one after another, each as a separate graph. */
final class SameDiffEncoders implements Encoders {
  private final UseGate gate = new UseGate("the model");
  private PerModality<SameDiffEncoder> encoders;
  private final Workers worker = Workers.single();
  private final EncoderShape shape;

  SameDiffEncoders(List<Modality> modalities, Parameters parameters) {
    shape = EncoderShape.of(modalities, parameters);
    encoders = PerModality.of(modalities, m -> new SameDiffEncoder(m, parameters, shape));
  }

  @Override
  public Sequences.Layout layout() {
    return Sequences.Layout.BATCH_FIRST;
  }

  @Override
  public PerModality<float[]> forward(
      PerModality<Sequences> sequences, Presence presence, boolean training) {
    return gate.use(
        () -> {
          EncoderBatch batch = EncoderBatch.of(shape, sequences, presence);
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
  public void backward(PerModality<float[]> states, float[] gradient) {
    gate.run(() -> run((modality, encoder) -> encoder.backward(states.get(modality), gradient)));
  }

  private void run(BiConsumer<Modality, SameDiffEncoder> pass) {
    worker.run(List.of(new Workers.Task(0, () -> encoders.forEach(pass))));
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          worker.close();
          encoders = PerModality.of();
        });
  }
}
