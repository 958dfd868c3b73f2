package dev.mer4j.cuda;

import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.HeadMemory.Slot;
import dev.mer4j.cuda.internal.driver.Arguments;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet.Task;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Writes the structure {@code Head} of {@code src/main/cuda/head.cuh}.
 *
 * @param attention A, or 0
 */
record HeadArguments(
    HeadShape shape,
    Parameters model,
    DeviceParameters parameters,
    HeadMemory memory,
    int attention) {
  private static final int BYTES = 632;
  private static final int MAX_MODALITIES = ModalitySet.MAX_SIZE;

  /**
   * @param states the address of the states [M, B, N]
   * @param stateGradients the address of their gradients
   */
  Arguments of(int batch, float gamma, long states, long stateGradients) {
    return new Arguments()
        .structure(BYTES, bytes -> put(bytes, batch, gamma, states, stateGradients));
  }

  private void put(ByteBuffer bytes, int batch, float gamma, long states, long stateGradients) {
    long gradient = parameters.gradient();
    tensors(bytes, name -> parameters.address(model.view(name)));
    tensors(bytes, name -> gradient + parameters.byteOffset(model.view(name)));
    for (long first : new long[] {states, stateGradients}) {
      for (int m = 0; m < MAX_MODALITIES; m++) {
        long own = (long) m * batch * shape.stateWidth() * Float.BYTES;
        bytes.putLong(m < shape.modalities().size() ? first + own : 0);
      }
    }
    for (Slot slot :
        new Slot[] {
          Slot.PRESENCE,
          Slot.DROPOUT,
          Slot.TARGETS,
          Slot.CLASS_WEIGHTS,
          Slot.KEYS,
          Slot.WEIGHTS,
          Slot.SCORES,
          Slot.JOINED,
          Slot.HIDDEN,
          Slot.LOGITS,
          Slot.PROBABILITIES,
          Slot.LOSSES,
          Slot.KEY_GRADIENTS,
          Slot.SCORE_GRADIENTS,
          Slot.LOGIT_GRADIENTS,
          Slot.HIDDEN_GRADIENTS,
          Slot.JOINED_GRADIENTS
        }) {
      bytes.putLong(memory.address(slot));
    }
    bytes
        .putInt(batch)
        .putInt(shape.modalities().size())
        .putInt(shape.stateWidth())
        .putInt(shape.width())
        .putInt(attention)
        .putInt(shape.task() == Task.MULTI_LABEL ? 1 : 0)
        .putFloat(gamma)
        .putInt(shape.classes());
  }

  private void tensors(ByteBuffer bytes, ToLongFunction<String> address) {
    bytes
        .putLong(address.applyAsLong(HeadParameters.HIDDEN_WEIGHT))
        .putLong(address.applyAsLong(HeadParameters.HIDDEN_BIAS))
        .putLong(address.applyAsLong(HeadParameters.OUTPUT_WEIGHT))
        .putLong(address.applyAsLong(HeadParameters.OUTPUT_BIAS));
    keys(bytes, HeadParameters::keyWeight, address);
    keys(bytes, HeadParameters::keyBias, address);
    bytes.putLong(attention > 0 ? address.applyAsLong(HeadParameters.SCORE_WEIGHT) : 0);
  }

  private void keys(
      ByteBuffer bytes, Function<Modality, String> name, ToLongFunction<String> address) {
    for (int m = 0; m < MAX_MODALITIES; m++) {
      boolean present = attention > 0 && m < shape.modalities().size();
      bytes.putLong(present ? address.applyAsLong(name.apply(shape.modalities().get(m))) : 0);
    }
  }
}
