package dev.mer4j.cuda;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.driver.Device;
import dev.mer4j.cuda.driver.DeviceInfo;
import dev.mer4j.cuda.driver.DeviceStream;
import dev.mer4j.cuda.driver.PinnedBuffer;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs all encoders on one GPU: the weights stay there, a batch's features go there once, states
 * and gradients come back. Owns the device.
 */
public final class CudaEncoders implements Encoders {
  private static final int STAGED_VALUES = 1 << 20;

  private final Device device;
  private final List<Modality> modalities;
  private final int hidden;
  private final DeviceStream stream;
  private final DeviceClock clock;
  private final DeviceParameters parameters;
  private final Workspace workspace;
  private final CudaKernels kernels;
  private final Passes passes;
  private final StagedUpload upload;
  private final PinnedBuffer states;
  private List<PackedRows> latest = List.of();
  private @Nullable CudaHead head;

  CudaEncoders(Device device, Products products, List<Modality> modalities, Parameters parameters) {
    this.device = device;
    this.modalities = modalities;
    List<EncoderDirection> directions = EncoderDirection.of(modalities, parameters);
    this.hidden = directions.get(0).where().hidden();
    this.stream = device.stream();
    this.clock = new DeviceClock(device, stream);
    this.parameters =
        new DeviceParameters(
            device,
            stream,
            directions.stream().flatMap(direction -> direction.tensors().stream()).toList(),
            parameters);
    Recurrence recurrence = Recurrence.of(hidden, device.info());
    List<Integer> widths =
        directions.stream()
            .filter(direction -> direction.half() == 0)
            .map(EncoderDirection::where)
            .map(LstmParameters::inputs)
            .toList();
    this.kernels = CudaKernels.load(device, recurrence, products);
    this.workspace = new Workspace(device, widths, hidden, recurrence.hidden());
    this.passes =
        new Passes(device, stream, kernels, recurrence, directions, this.parameters, workspace);
    this.upload = new StagedUpload(device, stream, STAGED_VALUES);
    this.states = device.pinned("states");
  }

  @Override
  public Sequences.Layout layout() {
    return Sequences.Layout.BATCH_FIRST;
  }

  @Override
  public Map<Modality, float[]> forward(
      Map<Modality, Sequences> sequences, Presence presence, boolean training) {
    device.use();
    latest = List.of();
    List<PackedRows> rows =
        modalities.stream()
            .map(m -> PackedRows.of(ActiveRows.of(of(sequences, m), m, presence)))
            .toList();
    workspace.fit(rows, presence.size(), training);
    clock.during(Phase.WEIGHTS, () -> parameters.refresh(passes::pack));
    clock.during(
        Phase.UPLOAD,
        () -> {
          passes.plan(rows);
          for (int m = 0; m < rows.size(); m++) {
            upload.send(
                of(sequences, modalities.get(m)), rows.get(m).active(), workspace.inputs(m));
          }
          stream.clear(workspace.states(0, 0), workspace.stateValues());
        });
    clock.during(Phase.PROJECTION, () -> passes.project(rows));
    clock.during(Phase.FORWARD, () -> passes.forward(rows));
    FloatBuffer staging = states.floats(workspace.stateValues());
    clock.during(
        Phase.STATES,
        () -> stream.download(states, workspace.states(0, 0), workspace.stateValues()));
    stream.synchronize();
    Map<Modality, float[]> result = new EnumMap<>(Modality.class);
    for (Modality modality : modalities) {
      float[] own = new float[presence.size() * 2 * hidden];
      staging.get(own);
      result.put(modality, own);
    }
    if (training) {
      latest = rows;
    }
    return result;
  }

  @Override
  public void backward(Map<Modality, float[]> stateGradients, float[] gradient) {
    if (latest.isEmpty()) {
      throw new IllegalStateException("there was no training pass to differentiate");
    }
    List<PackedRows> rows = latest;
    device.use();
    FloatBuffer staging = states.floats(workspace.stateValues());
    for (Modality modality : modalities) {
      staging.put(of(stateGradients, modality));
    }
    clock.during(
        Phase.STATE_GRADIENTS,
        () -> stream.upload(workspace.states(0, 0), states, workspace.stateValues()));
    clock.during(Phase.BACKWARD, () -> passes.backward(rows));
    clock.during(Phase.WEIGHT_GRADIENTS, () -> passes.weightGradients(rows));
    clock.during(Phase.GRADIENT, parameters::fetchGradient);
    stream.synchronize();
    latest = List.of();
    parameters.readGradient(gradient);
  }

  /** On the GPU; on the host if there is another number of classes than its kernels take. */
  @Override
  public Head head(HeadShape shape, Parameters parameters, Loss loss) {
    if (!CudaHead.CLASSES.contains(shape.classes())) {
      return new FusionHead(shape, parameters, loss);
    }
    device.use();
    CudaHead earlier = head;
    head =
        earlier != null && earlier.shape().equals(shape)
            ? earlier.with(loss)
            : new CudaHead(
                device, stream, new HeadKernels(kernels.any(), stream), shape, parameters, loss);
    return head;
  }

  /** What runs them. */
  public DeviceInfo device() {
    return device.info();
  }

  /** The milliseconds that the GPU spent in each phase of the latest passes. */
  public Map<Phase, Double> times() {
    device.use();
    return clock.milliseconds();
  }

  private static <V> V of(Map<Modality, V> values, Modality modality) {
    return Objects.requireNonNull(values.get(modality), () -> "no " + modality.key());
  }

  @Override
  public void close() {
    device.close();
  }
}
