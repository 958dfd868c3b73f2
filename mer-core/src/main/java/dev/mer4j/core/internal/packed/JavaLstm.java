package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.internal.packed.TaskPartition.Columns;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One direction of one encoder in plain Java. */
final class JavaLstm implements PackedDirection<JavaInput, JavaScratch> {
  private final Direction direction;
  private final EncoderShape shape;
  private final JavaWeights weights;
  private final JavaForward forward;
  private final JavaBackward backward;
  private final JavaGradients gradients;

  JavaLstm(Direction direction, EncoderShape shape, JavaWeights weights) {
    this.direction = direction;
    this.shape = shape;
    this.weights = weights;
    forward = new JavaForward(direction, weights, shape.stateWidth());
    backward = new JavaBackward(direction, weights, shape.stateWidth());
    gradients = new JavaGradients(direction, weights);
  }

  @Override
  public LstmWeights weights() {
    return weights;
  }

  @Override
  public void start(JavaInput input, Kept kept) {
    input.steps(direction).start(input.rows(), shape, kept);
  }

  @Override
  public void project(JavaInput input, int first, int count, JavaScratch scratch) {
    forward.project(input, first, count, scratch);
  }

  @Override
  public void forward(
      JavaInput input, Group group, Forward mode, JavaScratch scratch, float[] states) {
    forward.run(input, group, mode, scratch, states);
  }

  @Override
  public void forward(
      JavaInput projected,
      JavaInput input,
      Group group,
      BitSet zero,
      JavaScratch scratch,
      float[] states) {
    forward.run(projected, input, group, zero, scratch, states);
  }

  @Override
  public void backward(
      JavaInput input,
      Group group,
      JavaScratch scratch,
      float[] stateGradients,
      @Nullable PackedPooling pooling) {
    backward.run(input, group, scratch, stateGradients, pooling);
  }

  @Override
  public void inputGradient(JavaInput input, Columns part, JavaScratch scratch, float[] gradient) {
    gradients.inputs(input, part, scratch, gradient);
  }

  @Override
  public void recurrentGradient(
      JavaInput input, Columns part, JavaScratch scratch, float[] gradient) {
    gradients.recurrent(input, part, scratch, gradient);
  }

  @Override
  public void clear(float[] gradient) {
    gradients.clear(gradient);
  }

  @Override
  public void close() {}
}
