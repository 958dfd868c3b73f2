package dev.mer4j.data.store;

import java.io.Serializable;

/**
 * Creates the same preparation wherever it is called, such as in another process that reads the
 * same files.
 */
@FunctionalInterface
public interface PreparationFactory extends Serializable {
  /**
   * Creates the preparation.
   *
   * @throws dev.mer4j.MerException if the files are missing or have no supported form
   */
  Preparation create();
}
