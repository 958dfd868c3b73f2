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
 * @param pooling how the steps become the state of a modality
 */
public record EncoderShape(PerModality<Integer> inputs, int hidden, Pooling pooling) {
  public EncoderShape {
    inputs = inputs.sorted();
  }

  /** Creates the shape of encoders with {@link Pooling#LAST}. */
  public EncoderShape(PerModality<Integer> inputs, int hidden) {
    this(inputs, hidden, Pooling.LAST);
  }

  /** Returns the shape of encoders with these parameters. */
  public static EncoderShape of(Collection<Modality> modalities, Parameters parameters) {
    PerModality.Builder<Integer> inputs = PerModality.builder();
    int hidden = 0;
    Pooling pooling = Pooling.LAST;
    for (Modality modality : modalities) {
      LstmParameters own = LstmParameters.of(parameters, modality, Direction.FORWARD);
      inputs.put(modality, own.inputs());
      hidden = own.hidden();
      pooling = PoolingParameters.pooling(parameters, modality);
    }
    return new EncoderShape(inputs.build(), hidden, pooling);
  }

  /** Returns E, the width of a modality's state: 2H, or 4H with {@link Pooling#ATTENTION}. */
  public int stateWidth() {
    return (pooling == Pooling.ATTENTION ? 4 : 2) * hidden;
  }
}
