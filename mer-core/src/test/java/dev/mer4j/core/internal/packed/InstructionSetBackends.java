package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Backend {@code native} with each instruction set that this processor runs. */
public final class InstructionSetBackends {
  private InstructionSetBackends() {}

  private record Limited(KernelLibrary library, InstructionSet set) implements Backend {
    @Override
    public String name() {
      return set.lowerCase();
    }

    @Override
    public int priority() {
      return -1;
    }

    @Override
    public Optional<String> unavailableReason() {
      return Optional.empty();
    }

    @Override
    public Encoders open(List<Modality> modalities, Parameters parameters) {
      return new NativeKernels(library.kernels(set), false).encoders(modalities, parameters);
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** Returns a backend for each set, the slowest first. */
  public static List<Backend> all() throws IOException {
    KernelLibrary library = KernelLibrary.open();
    return library.instructionSets().stream()
        .<Backend>map(set -> new Limited(library, set))
        .toList();
  }
}
