package dev.mer4j.spark;

import dev.mer4j.core.MultimodalModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models of this JVM, each loaded once for all of its tasks. A shutdown hook closes them. Only
 * the {@value #MOST} models used last are kept; the memory of others is freed after their last
 * task.
 */
final class ExecutorModels {
  private static final int MOST = 8;

  private static final Map<Key, MultimodalModel> OPEN = new LinkedHashMap<>(16, 0.75f, true);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExecutorModels::close, "mer4j-models"));
  }

  private ExecutorModels() {}

  private record Key(String sha256, @Nullable String backend, int threads) {}

  /**
   * Returns the model.
   *
   * @param backend the backend's name; null for the preferred one of this machine
   * @param threads the number of threads of each task
   */
  static synchronized MultimodalModel get(ModelBytes bytes, @Nullable String backend, int threads) {
    Key key = new Key(bytes.sha256(), backend, threads);
    MultimodalModel model = OPEN.get(key);
    if (model == null) {
      model = load(bytes, backend, threads);
      OPEN.put(key, model);
      if (OPEN.size() > MOST) {
        OPEN.remove(OPEN.keySet().iterator().next());
      }
    }
    return model;
  }

  /** Returns the number of models that are kept. */
  static synchronized int size() {
    return OPEN.size();
  }

  private static MultimodalModel load(ModelBytes bytes, @Nullable String backend, int threads) {
    return bytes.unpacked(folder -> MultimodalModel.load(folder, backend, threads));
  }

  private static synchronized void close() {
    OPEN.values().forEach(MultimodalModel::close);
    OPEN.clear();
  }
}
