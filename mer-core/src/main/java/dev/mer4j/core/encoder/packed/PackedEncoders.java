package dev.mer4j.core.encoder.packed;

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

/**
 * The inputs are packed first, then both directions of every modality run side by side, the dearest
 * first.
 */
final class PackedEncoders implements Encoders {
  private record Task(Modality modality, PackedLstm lstm) {}

  private final Map<Modality, PackedInput> inputs = new EnumMap<>(Modality.class);
  private final List<Task> tasks = new ArrayList<>();
  private final Workers workers;
  private final int hidden;
  private Map<Modality, PackedRows> latest = Map.of();

  PackedEncoders(LstmKernels kernels, Set<Modality> modalities, Parameters parameters) {
    int states = 0;
    for (Modality modality : modalities) {
      inputs.put(modality, new PackedInput());
      for (Direction direction : Direction.values()) {
        LstmParameters where = LstmParameters.of(parameters, modality, direction);
        tasks.add(
            new Task(modality, new PackedLstm(kernels, direction, where, parameters.values())));
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
    Map<Modality, PackedRows> rows = new EnumMap<>(Modality.class);
    Map<Modality, float[]> states = new EnumMap<>(Modality.class);
    List<Runnable> packing = new ArrayList<>();
    inputs.forEach(
        (modality, input) -> {
          Sequences values = of(sequences, modality);
          PackedRows packed = PackedRows.of(ActiveRows.of(values, modality, presence));
          rows.put(modality, packed);
          states.put(modality, new float[values.batch() * 2 * hidden]);
          packing.add(() -> input.fill(values, packed));
        });
    latest = rows;
    workers.run(packing);
    List<Runnable> passes = new ArrayList<>();
    for (Task task : dearestFirst()) {
      Modality modality = task.modality();
      passes.add(
          () ->
              task.lstm()
                  .forward(
                      of(inputs, modality).matrix(),
                      of(rows, modality),
                      training,
                      of(states, modality)));
    }
    workers.run(passes);
    return states;
  }

  @Override
  public void backward(Map<Modality, float[]> states, float[] gradient) {
    List<Runnable> passes = new ArrayList<>();
    for (Task task : dearestFirst()) {
      Modality modality = task.modality();
      passes.add(
          () ->
              task.lstm()
                  .backward(
                      of(inputs, modality).matrix(),
                      of(latest, modality),
                      of(states, modality),
                      gradient));
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
    inputs.values().forEach(PackedInput::close);
    tasks.forEach(task -> task.lstm().close());
  }
}
