package dev.mer4j.spark;

import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A preparation that the tasks of a JVM share, so that its files are examined once. */
final class SharedPreparation implements Serializable {
  private static final long serialVersionUID = 1;

  private final PreparationFactory factory;
  private transient @Nullable Preparation preparation;

  SharedPreparation(PreparationFactory factory) {
    this.factory = factory;
  }

  /**
   * Returns the preparation of this JVM.
   *
   * @throws dev.mer4j.MerException if the files are missing or have no supported form
   */
  synchronized Preparation get() {
    Preparation known = preparation;
    if (known == null) {
      known = factory.create();
      preparation = known;
    }
    return known;
  }
}
