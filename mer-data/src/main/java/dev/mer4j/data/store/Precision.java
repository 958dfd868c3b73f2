package dev.mer4j.data.store;

import dev.mer4j.data.Features;
import java.util.Locale;

/** The number format of the features in a store. */
public enum Precision {
  /** IEEE 754 binary32, 4 bytes. */
  FLOAT32(Float.BYTES, Float.MAX_VALUE),
  /** IEEE 754 binary16, 2 bytes: a relative error of at most 2<sup>-11</sup> above 6e-5. */
  FLOAT16(Short.BYTES, Float16.MAX);

  private final int bytes;
  private final float largest;

  Precision(int bytes, float largest) {
    this.bytes = bytes;
    this.largest = largest;
  }

  /** The name in options, such as {@code float16}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the number of bytes per value. */
  public int bytes() {
    return bytes;
  }

  /** Returns the values that a store of this precision returns. */
  public Features round(Features features) {
    if (this == FLOAT32) {
      return features;
    }
    float[] values = new float[features.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float16.value(Float16.of(features.values()[i]));
    }
    return new Features(features.steps(), features.width(), values);
  }

  /** Returns the largest finite value. */
  public float largest() {
    return largest;
  }
}
