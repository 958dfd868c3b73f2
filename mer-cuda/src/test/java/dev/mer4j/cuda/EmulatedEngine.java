package dev.mer4j.cuda;

import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Network;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Optional;

/** Engine {@code cuda} without a GPU; found as engines are, so that their tests run it too. */
public final class EmulatedEngine implements EncoderEngine {
  private final CudaEngine engine = new CudaEngine(EmulatedDriver::load);

  @Override
  public String name() {
    return "cuda-emulated";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public String function() {
    return engine.function();
  }

  @Override
  public Optional<String> whyUnavailable() {
    return EmulatedDriver.exists() ? engine.whyUnavailable() : Optional.of("no C++ compiler");
  }

  @Override
  public Encoders open(List<Modality> modalities, Parameters parameters) {
    return engine.open(modalities, parameters);
  }

  @Override
  public Network openNetwork(HeadShape shape, Parameters parameters) {
    return engine.openNetwork(shape, parameters);
  }
}
