package dev.mer4j.cuda;

import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.cuda.internal.driver.Device;
import dev.mer4j.cuda.internal.driver.DeviceBuffer;
import dev.mer4j.cuda.internal.driver.DeviceStream;
import dev.mer4j.cuda.internal.driver.Kernel;
import dev.mer4j.cuda.internal.driver.Kernel.Launch;
import dev.mer4j.cuda.internal.driver.KernelModule;
import dev.mer4j.cuda.internal.driver.PinnedBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enqueues the kernels, each for all directions of all modalities. */
final class Passes {
  private static final int TILE = 128;
  private static final int THREADS = 256;

  private final Device device;
  private final DeviceStream stream;
  private final CudaKernels kernels;
  private final Recurrence recurrence;
  private final List<EncoderDirection> directions;
  private final DeviceParameters parameters;
  private final PassArguments structures;
  private final @Nullable PoolingPasses pooling;
  private final Panels panels;
  private final DeviceBuffer partials;
  private final DeviceBuffer groupTable;
  private final PinnedBuffer stagedGroups;
  private final int hidden;
  private int groups;
  private int groupRows;

  Passes(
      Device device,
      DeviceStream stream,
      CudaKernels kernels,
      Recurrence recurrence,
      EncoderTensors tensors,
      DeviceParameters parameters,
      Workspace workspace) {
    this.device = device;
    this.stream = stream;
    this.kernels = kernels;
    this.recurrence = recurrence;
    this.directions = tensors.directions();
    this.parameters = parameters;
    this.hidden = tensors.shape().hidden();
    panels = new Panels(device, recurrence.hidden(), directions.size());
    structures = new PassArguments(tensors, parameters, workspace, panels);
    KernelModule module = kernels.pooling();
    pooling =
        module == null
            ? null
            : new PoolingPasses(
                stream, module, tensors, parameters, workspace, recurrence.hidden());
    partials = device.buffer("partial gradients");
    groupTable = device.buffer("groups of rows");
    stagedGroups = device.pinned("groups of rows");
  }

  /** Reorders the recurrent weights. */
  void pack() {
    panels.allocate();
    Arguments arguments = structures.packs().intValue(hidden).intValue(recurrence.hidden());
    int blocks = recurrence.hidden() * recurrence.hidden() / THREADS;
    kernels.pack().launch(stream, new Launch(blocks, directions.size(), 1, THREADS), arguments);
  }

  /** Copies the groups of the recurrence to the GPU. */
  void plan(List<PackedRows> modalities) {
    groupRows = recurrence.groupRows(modalities);
    RecurrenceGroups plan = RecurrenceGroups.of(modalities, groupRows);
    groups = plan.count();
    int values = plan.groups().length + plan.rows().length;
    if (values > 0) {
      stagedGroups.ints(values).put(plan.groups()).put(plan.rows());
      groupTable.ensure(values);
      stream.upload(groupTable.address(), stagedGroups, values);
    }
  }

  /** Projects the inputs to the gates. */
  void project(List<PackedRows> modalities) {
    int longest = modalities.stream().mapToInt(PackedRows::total).max().orElse(0);
    if (longest == 0) {
      return;
    }
    Arguments arguments =
        structures.projections(modalities).intValue(hidden).intValue(recurrence.hidden());
    Launch launch =
        new Launch(4 * recurrence.hidden() / TILE, tiles(longest), directions.size(), THREADS);
    kernels.project().launch(stream, launch, arguments);
  }

  /** Runs the recurrence and the pooling, which write the states. */
  void forward(List<PackedRows> modalities) {
    runRecurrence(kernels.forward(), modalities, false);
    if (pooling != null && groups > 0) {
      pooling.forward(modalities, rowTable());
    }
  }

  /**
   * Runs pooling and recurrence backward, from the gradients of the states to those of the gates.
   */
  void backward(List<PackedRows> modalities) {
    if (pooling != null && groups > 0) {
      pooling.backward(modalities, rowTable());
    }
    runRecurrence(kernels.backward(), modalities, true);
  }

  private void runRecurrence(Kernel kernel, List<PackedRows> modalities, boolean backward) {
    if (groups == 0) {
      return;
    }
    Arguments arguments =
        structures
            .directions(modalities, backward)
            .address(groupTable.address())
            .address(rowTable())
            .intValue(hidden)
            .intValue(groupRows);
    if (!recurrence.clustered()) {
      arguments.intValue(recurrence.resident(groupRows, backward));
    }
    kernel.launch(stream, recurrence.launch(groups, groupRows, backward), arguments);
  }

  /** Returns the address of the rows of the groups. */
  private long rowTable() {
    return groupTable.address() + 4L * Integer.BYTES * groups;
  }

  /** Computes the gradients of all parameters, after {@link #backward}. */
  void weightGradients(List<PackedRows> modalities) {
    int slices = slices(modalities);
    long gradient = parameters.gradient();
    long target =
        slices == 1 ? gradient : partials.ensureZero(stream, (long) slices * parameters.size());
    Arguments arguments =
        structures
            .products(modalities, target)
            .intValue(hidden)
            .intValue(recurrence.hidden())
            .intValue(slices)
            .longValue(parameters.size());
    Launch launch =
        new Launch(
            tiles(widest()),
            4 * recurrence.hidden() / TILE,
            2 * directions.size() * slices,
            THREADS);
    kernels.weightGradients().launch(stream, launch, arguments);
    if (slices > 1) {
      Arguments sum =
          new Arguments()
              .address(target)
              .address(gradient)
              .intValue(parameters.size())
              .intValue(slices)
              .longValue(parameters.size());
      int blocks = (parameters.size() + THREADS - 1) / THREADS;
      kernels.addSlices().launch(stream, new Launch(blocks, 1, 1, THREADS), sum);
    }
    if (pooling != null) {
      pooling.vectorGradients(modalities);
    }
  }

  /**
   * Returns the number of parts that the sum over the steps is split into, to use all
   * multiprocessors.
   */
  private int slices(List<PackedRows> modalities) {
    int blocks = 0;
    for (EncoderDirection direction : directions) {
      blocks +=
          (tiles(direction.views().inputs()) + tiles(hidden)) * 4 * recurrence.hidden() / TILE;
    }
    int longest = modalities.stream().mapToInt(PackedRows::total).max().orElse(0);
    int wanted = 2 * device.info().multiprocessors() / blocks;
    return Math.max(1, Math.min(wanted, longest / THREADS));
  }

  private int widest() {
    int widest = hidden;
    for (EncoderDirection direction : directions) {
      widest = Math.max(widest, direction.views().inputs());
    }
    return widest;
  }

  private static int tiles(int values) {
    return (values + TILE - 1) / TILE;
  }
}
