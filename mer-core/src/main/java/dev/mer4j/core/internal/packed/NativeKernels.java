package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.internal.cpu.NativeBuffer;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;

/**
 * The kernels of {@code src/main/c}, in native memory.
 *
 * @param bf16 whether inputs are multiplied as bfloat16
 */
record NativeKernels(LstmKernels library, boolean bf16)
    implements PackedKernels<PackedInput, NativeBuffer> {
  /** Opens encoders that run these kernels. */
  Encoders encoders(List<Modality> modalities, Parameters parameters) {
    return new PackedEncoders<>(this, modalities, parameters);
  }

  @Override
  public PackedInput newInput() {
    return new PackedInput();
  }

  @Override
  public NativeBuffer newScratch() {
    return new NativeBuffer();
  }

  @Override
  public void close(NativeBuffer scratch) {
    scratch.close();
  }

  @Override
  public PackedLstm direction(
      EncoderShape shape, Direction direction, LstmParameters views, Parameters parameters) {
    PackedWeights weights = new PackedWeights(library, bf16, views, parameters);
    return new PackedLstm(library, shape, direction, weights);
  }

  @Override
  public int projectingGroups(TaskPartition partition) {
    return partition.projectingGroups();
  }
}
