package dev.mer4j.core.encoder;

import static dev.mer4j.core.encoder.EncoderAssertions.gradient;
import static dev.mer4j.core.encoder.EncoderSamples.parameters;
import static dev.mer4j.core.encoder.EncoderSamples.raggedBatch;
import static dev.mer4j.core.encoder.EncoderSamples.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.RelativeError;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences.Layout;
import org.junit.jupiter.api.Test;

class Bfloat16Test {
  private static final String BF16 = "native-bf16";

  /**
   * bfloat16 has 8 bits: each of two factors is off by up to 2^-8, the sum of many products by
   * less.
   */
  @Test
  void isCloseToSinglePrecision() {
    assumeTrue(EncodersTest.backends().contains(BF16), "requires a processor with AVX512-BF16");
    Parameters parameters = parameters(4);
    Batch batch = raggedBatch(23, 40, Layout.TIME_FIRST, 4);
    PerModality<float[]> upstream = upstream(batch, parameters, 4);
    double[] single = RelativeError.doubles(gradient("native", parameters, batch, upstream));
    assertThat(RelativeError.of(gradient(BF16, parameters, batch, upstream), single))
        .isBetween(1e-6, 1e-2);
  }
}
