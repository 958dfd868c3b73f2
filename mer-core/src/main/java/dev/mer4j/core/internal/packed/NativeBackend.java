package dev.mer4j.core.internal.packed;

import dev.mer4j.MerException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.internal.cpu.NativePlatform;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Backend {@code native}: packed LSTM kernels in C. */
public final class NativeBackend implements Backend {
  @Override
  public String name() {
    return "native";
  }

  @Override
  public String function() {
    return LSTM;
  }

  @Override
  public int priority() {
    return 200;
  }

  @Override
  public Optional<String> unavailableReason() {
    try {
      KernelLibrary.open().kernels();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "mer-core has no native library for "
              + NativePlatform.current()
              + ": it was built without a C compiler, or for other platforms");
    } catch (LinkageError e) {
      return Optional.of(
          "mer4j's native library for this platform cannot be loaded: " + e.getMessage());
    }
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    try {
      return new NativeKernels(KernelLibrary.open().kernels(), false)
          .encoders(modalities, parameters);
    } catch (IOException e) {
      throw new MerException("backend 'native' has no native library for this platform", e);
    }
  }
}
