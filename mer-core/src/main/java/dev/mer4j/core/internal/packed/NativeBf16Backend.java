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
 * Backend {@code native-bf16}: as {@code native}, with inputs and their weights rounded to bfloat16
 * where they are multiplied for the gates. Sums, the recurrence and all gradients' products stay in
 * single precision. It is never chosen unless asked for.
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
   * bfloat16 has eight bits, so each of two factors is off by up to 2^-8; the steps that follow may
   * double that.
   */
  @Override
  public double tolerance() {
    return 2e-2;
  }

  @Override
  public Optional<String> unavailableReason() {
    return single.unavailableReason().or(NativeBf16Backend::whyNotHere);
  }

  private static Optional<String> whyNotHere() {
    try {
      return LstmKernels.load().mer_lstm_has_halves() == 1
          ? Optional.empty()
          : Optional.of("this processor has no AVX512-BF16");
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    try {
      return new PackedEncoders(LstmKernels.load(), true, modalities, parameters);
    } catch (IOException e) {
      throw new MerException("backend 'native-bf16' has no native library for this platform", e);
    }
  }
}
