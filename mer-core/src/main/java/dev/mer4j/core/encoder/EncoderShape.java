package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.Collection;

/**
 * The sizes of a model's encoders.
 *
 * @param inputs D of each modality
 * @param hidden H of each direction
 */
public record EncoderShape(PerModality<Integer> inputs, int hidden) {
  public EncoderShape {
    inputs = inputs.sorted();
  }

  /** Returns the shape of encoders with these parameters. */
  public static EncoderShape of(Collection<Modality> modalities, Parameters parameters) {
    PerModality.Builder<Integer> inputs = PerModality.builder();
    int hidden = 0;
    for (Modality modality : modalities) {
      LstmParameters own = LstmParameters.of(parameters, modality, Direction.FORWARD);
      inputs.put(modality, own.inputs());
      hidden = own.hidden();
    }
    return new EncoderShape(inputs.build(), hidden);
  }
}
