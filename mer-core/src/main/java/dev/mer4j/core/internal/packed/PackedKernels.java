package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.LstmParameters;
import dev.mer4j.core.parameter.Parameters;

/**
 * What differs between the backends that {@link PackedEncoders} runs: memory and arithmetic.
 *
 * @param <I> the memory of a modality
 * @param <S> the memory of a task
 */
interface PackedKernels<I extends PackedInputs, S> {
  I newInput();

  S newScratch();

  void close(S scratch);

  PackedDirection<I, S> direction(
      EncoderShape shape, Direction direction, LstmParameters views, Parameters parameters);

  /** Returns the number of groups of rows for each recurrence that also projects its inputs. */
  int projectingGroups(TaskPartition partition);
}
