package dev.mer4j.core.encoder.onednn;

import dev.mer4j.core.cpu.Workers;
import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.dnnl.engine;

/**
 * Both directions of every modality as tasks of their own, the dearest first, on as many threads as
 * there are cores.
 *
 * <p>One direction on one thread beats a bidirectional primitive on two: the recurrent step [B,
 * H]·[H, 4H] is too small to be split.
 */
final class OneDnnEncoders implements Encoders {
  private record Task(Modality modality, OneDnnLstm lstm) {}

  private final engine cpu = new engine(engine.kind.cpu, 0);
  private final List<Task> tasks = new ArrayList<>();
  private final Workers workers;
  private final int hidden;
  private Map<Modality, ActiveRows> latest = Map.of();

  OneDnnEncoders(Set<Modality> modalities, Parameters parameters) {
    int states = 0;
    for (Modality modality : modalities) {
      for (Direction direction : Direction.values()) {
        LstmParameters where = LstmParameters.of(parameters, modality, direction);
        tasks.add(new Task(modality, new OneDnnLstm(cpu, direction, where, parameters.values())));
        states = where.hidden();
      }
    }
    hidden = states;
    workers = new Workers(Math.min(tasks.size(), Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public Sequences.Layout layout() {
    return Sequences.Layout.TIME_FIRST;
  }

  @Override
  public Map<Modality, float[]> forward(Map<Modality, Sequences> sequences, Presence presence) {
    return forward(sequences, presence, false);
  }

  @Override
  public Map<Modality, float[]> forwardTraining(
      Map<Modality, Sequences> sequences, Presence presence) {
    return forward(sequences, presence, true);
  }

  private Map<Modality, float[]> forward(
      Map<Modality, Sequences> sequences, Presence presence, boolean training) {
    Map<Modality, ActiveRows> rows = new EnumMap<>(Modality.class);
    Map<Modality, float[]> states = new EnumMap<>(Modality.class);
    for (Task task : tasks) {
      Sequences input = of(sequences, task.modality());
      rows.put(task.modality(), ActiveRows.of(input, task.modality(), presence));
      states.put(task.modality(), new float[input.batch() * 2 * hidden]);
    }
    latest = rows;
    List<Runnable> passes = new ArrayList<>();
    for (Task task : dearestFirst()) {
      Modality modality = task.modality();
      passes.add(
          () ->
              task.lstm()
                  .forward(
                      of(sequences, modality), of(rows, modality), training, of(states, modality)));
    }
    workers.run(passes);
    return states;
  }

  @Override
  public void backward(Map<Modality, float[]> states, float[] gradient) {
    List<Runnable> passes = new ArrayList<>();
    for (Task task : dearestFirst()) {
      passes.add(() -> task.lstm().backward(of(states, task.modality()), gradient));
    }
    workers.run(passes);
  }

  private List<Task> dearestFirst() {
    return tasks.stream()
        .sorted(
            Comparator.comparingLong((Task t) -> t.lstm().cost(of(latest, t.modality())))
                .reversed())
        .toList();
  }

  private static <V> V of(Map<Modality, V> values, Modality modality) {
    return Objects.requireNonNull(values.get(modality), () -> "no " + modality.key());
  }

  @Override
  public void close() {
    workers.close();
    tasks.forEach(task -> task.lstm().close());
    cpu.close();
  }
}
