package dev.mer4j.core;

import dev.mer4j.data.Modality;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the code of predictions while a model is read from files. */
final class CodePreloader {
  private static final Logger LOG = LoggerFactory.getLogger(CodePreloader.class);

  private CodePreloader() {}

  /**
   * Starts a thread that predicts with a tiny model on the preferred backend, and thereby loads
   * most classes and native libraries that the model will use.
   */
  static void start() {
    Thread thread = new Thread(CodePreloader::predict, "mer4j-preloader");
    thread.setDaemon(true);
    thread.start();
  }

  private static void predict() {
    ModelBuilder tiny = MultimodalModel.builder().input(Modality.TEXT, 1).hidden(1).headHidden(1);
    try (MultimodalModel model = tiny.build()) {
      model.predict(Map.of(Modality.TEXT, new float[1][1]));
    } catch (RuntimeException | LinkageError e) {
      // The thread that loads the model reports it, if it needs the same code.
      LOG.debug("code was not loaded ahead", e);
    }
  }
}
