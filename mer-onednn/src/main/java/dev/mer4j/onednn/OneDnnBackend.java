package dev.mer4j.onednn;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** Backend {@code onednn}: the LSTM of oneDNN. Used only if requested by name. */
public final class OneDnnBackend implements Backend {
  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String function() {
    return LSTM;
  }

  @Override
  public int priority() {
    return -1;
  }

  /** Holds a lock, because JavaCPP's classes may deadlock if two threads initialize them. */
  @Override
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // shared with other backends
  public Optional<String> unavailableReason() {
    synchronized (Loader.class) {
      return JavaCpp.unavailableReason().or(OneDnnBackend::libraryReason);
    }
  }

  private static Optional<String> libraryReason() {
    try {
      Loader.load(dnnl.class);
      return Optional.empty();
    } catch (LinkageError | TypeNotPresentException e) {
      return Optional.of(
          JavaCpp.missing("oneDNN's native library", "org.bytedeco:dnnl and org.bytedeco:opencl")
              + ": "
              + e.getMessage());
    }
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    Loader.load(dnnl.class);
    return new OneDnnEncoders(modalities, parameters);
  }
}
