package dev.mer4j.core.internal.packed;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.List;

/** The native memory of one pass; concurrent passes require separate instances. */
final class PackedPass implements AutoCloseable {
  private final PerModality<PackedInput> inputs;

  PackedPass(List<Modality> modalities) {
    inputs = PerModality.of(modalities, modality -> new PackedInput());
  }

  PackedInput input(Modality modality) {
    return inputs.get(modality);
  }

  @Override
  public void close() {
    inputs.values().forEach(PackedInput::close);
  }
}
