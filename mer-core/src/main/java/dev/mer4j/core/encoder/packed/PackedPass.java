package dev.mer4j.core.encoder.packed;

import dev.mer4j.core.encoder.EncoderBatch;
import dev.mer4j.data.Modality;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The memory of one pass; two passes at once need two of them. */
final class PackedPass implements AutoCloseable {
  private final Map<Modality, PackedInput> inputs = new EnumMap<>(Modality.class);

  PackedPass(Set<Modality> modalities) {
    modalities.forEach(modality -> inputs.put(modality, new PackedInput()));
  }

  PackedInput input(Modality modality) {
    return EncoderBatch.of(inputs, modality);
  }

  @Override
  public void close() {
    inputs.values().forEach(PackedInput::close);
  }
}
