package dev.mer4j.core.internal.packed;

import dev.mer4j.MerException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Backend {@code native-bf16}: as {@code native}, but inputs and input weights are rounded to
 * bfloat16 in the product that feeds the gates. Sums, the recurrence and all gradients stay in
 * single precision. Used only if requested by name.
 */
public final class NativeBf16Backend implements Backend {
  private final NativeBackend single = new NativeBackend();

  @Override
  public String name() {
    return "native-bf16";
  }

  @Override
  public String function() {
    return LSTM;
  }

  @Override
  public int priority() {
    return -1;
  }

  /**
   * Returns the bound of bfloat16: with eight bits, each of two factors is off by up to 2^-8, and
   * later steps may double that.
   */
  @Override
  public double tolerance() {
    return 2e-2;
  }

  @Override
  public Optional<String> unavailableReason() {
    return single.unavailableReason().or(NativeBf16Backend::processorReason);
  }

  private static Optional<String> processorReason() {
    try {
      return KernelLibrary.open().multipliesBf16()
          ? Optional.empty()
          : Optional.of(
              "this processor has no AVX512-BF16, or " + InstructionSet.VARIABLE + " excludes it");
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    try {
      return new NativeKernels(KernelLibrary.open().kernels(), true)
          .encoders(modalities, parameters);
    } catch (IOException e) {
      throw new MerException("backend 'native-bf16' has no native library for this platform", e);
    }
  }
}
