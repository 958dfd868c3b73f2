package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;

/**
 * Kernels in plain Java, on the heap.
 *
 * @param hidden H
 */
record JavaKernels(int hidden) implements PackedKernels<JavaInput, JavaScratch> {
  @Override
  public JavaInput newInput() {
    return new JavaInput();
  }

  @Override
  public JavaScratch newScratch() {
    return new JavaScratch(hidden);
  }

  @Override
  public void close(JavaScratch scratch) {}

  @Override
  public JavaLstm direction(
      EncoderShape shape, Direction direction, LstmParameters views, Parameters parameters) {
    return new JavaLstm(direction, shape, new JavaWeights(views, parameters));
  }

  @Override
  public int projectingGroups(TaskPartition partition) {
    return partition.groups();
  }
}
