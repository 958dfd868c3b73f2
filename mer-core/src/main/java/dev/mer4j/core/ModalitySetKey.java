package dev.mer4j.core;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import dev.mer4j.data.ModalitySet;

/** Reads a set of modalities that is a key of a JSON object, such as {@code text+audio}. */
final class ModalitySetKey extends KeyDeserializer {
  @Override
  public ModalitySet deserializeKey(String key, DeserializationContext context) {
    return parse(key);
  }

  /** Returns a set of modalities by its name. */
  static ModalitySet parse(String key) {
    return ModalitySet.parse(key.replace('+', ','));
  }
}
