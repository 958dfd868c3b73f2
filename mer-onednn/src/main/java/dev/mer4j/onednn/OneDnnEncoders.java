package dev.mer4j.onednn;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.core.internal.cpu.Workers;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.internal.lifetime.UseGate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bytedeco.dnnl.engine;

/**
 * Runs both directions of every modality as separate tasks, the most expensive first, on the
 * threads of the budget.
 *
 * <p>One direction per thread is faster than a bidirectional primitive on two threads, because the
 * recurrent step [B, H]·[H, 4H] is too small to split.
 */
final class OneDnnEncoders implements Encoders {
  private record Encoder(Modality modality, OneDnnLstm lstm) {}

  private final UseGate gate = new UseGate("the model");
  private final engine cpu = new engine(engine.kind.cpu, 0);
  private final List<Encoder> encoders = new ArrayList<>();
  private final Workers workers;
  private final EncoderShape shape;
  private final List<OneDnnPooling> poolings = new ArrayList<>();
  private PerModality<ActiveRows> latest = PerModality.of();

  OneDnnEncoders(List<Modality> modalities, Parameters parameters) {
    shape = EncoderShape.of(modalities, parameters);
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters views = LstmParameters.of(parameters, modality, direction);
        encoders.add(
            new Encoder(modality, new OneDnnLstm(cpu, shape, direction, views, parameters)));
      }
      if (shape.pooling() == Pooling.ATTENTION) {
        poolings.add(new OneDnnPooling(modality, parameters, lstms(modality)));
      }
    }
    workers = new Workers(Math.min(encoders.size(), ThreadBudget.threads()));
  }

  @Override
  public Sequences.Layout layout() {
    return Sequences.Layout.TIME_FIRST;
  }

  @Override
  public PerModality<float[]> forward(
      PerModality<Sequences> sequences, Presence presence, boolean training) {
    EncoderBatch batch = EncoderBatch.of(shape, sequences, presence);
    gate.run(
        () -> {
          latest = batch.rows();
          run(
              (modality, lstm) ->
                  lstm.forward(
                      batch.sequences(modality),
                      batch.rows(modality),
                      training,
                      batch.states(modality)));
          pool(
              pooling ->
                  pooling.forward(
                      batch.rows(pooling.modality()), batch.states(pooling.modality())));
        });
    return batch.states();
  }

  @Override
  public void backward(PerModality<float[]> states, float[] gradient) {
    gate.run(
        () -> {
          run((modality, lstm) -> lstm.loadGradient(states.get(modality)));
          pool(
              pooling ->
                  pooling.backward(
                      latest.get(pooling.modality()), states.get(pooling.modality()), gradient));
          run((modality, lstm) -> lstm.backward(gradient));
        });
  }

  private List<OneDnnLstm> lstms(Modality modality) {
    return encoders.stream()
        .filter(each -> each.modality().equals(modality))
        .map(Encoder::lstm)
        .toList();
  }

  private void pool(Consumer<OneDnnPooling> pass) {
    workers.run(
        poolings.stream()
            .map(
                pooling ->
                    new Workers.Task(
                        latest.get(pooling.modality()).steps(), () -> pass.accept(pooling)))
            .toList());
  }

  private void run(BiConsumer<Modality, OneDnnLstm> pass) {
    workers.run(
        encoders.stream()
            .map(
                each ->
                    new Workers.Task(
                        each.lstm().cost(latest.get(each.modality())),
                        () -> pass.accept(each.modality(), each.lstm())))
            .toList());
  }

  @Override
  public void close() {
    gate.close(this::release);
  }

  private void release() {
    workers.close();
    encoders.forEach(each -> each.lstm().close());
    cpu.close();
  }
}
