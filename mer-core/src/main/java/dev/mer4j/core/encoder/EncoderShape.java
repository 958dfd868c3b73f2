package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The sizes of a model's encoders.
 *
 * @param inputs D of each modality
 * @param hidden H of each direction
 */
public record EncoderShape(Map<Modality, Integer> inputs, int hidden) {
  public EncoderShape {
    inputs = Collections.unmodifiableMap(new EnumMap<>(inputs));
  }

  /** The shape that parameters have. */
  public static EncoderShape of(Set<Modality> modalities, Parameters parameters) {
    Map<Modality, Integer> inputs = new EnumMap<>(Modality.class);
    int hidden = 0;
    for (Modality modality : modalities) {
      LstmParameters own = LstmParameters.of(parameters, modality, Direction.FORWARD);
      inputs.put(modality, own.inputs());
      hidden = own.hidden();
    }
    return new EncoderShape(inputs, hidden);
  }
}
