package dev.mer4j.spark;

import dev.mer4j.core.ModelConfig;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A model that is broadcast once per application, shared by copies of a transformer. */
final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final ModelBytes bytes;
  private transient @Nullable ModelConfig config;
  private transient @Nullable Broadcast<ModelBytes> broadcast;
  private transient @Nullable String application;

  SharedModel(ModelBytes bytes) {
    this.bytes = bytes;
  }

  ModelBytes bytes() {
    return bytes;
  }

  synchronized ModelConfig config() {
    ModelConfig known = config;
    if (known == null) {
      known = bytes.config();
      config = known;
    }
    return known;
  }

  synchronized Broadcast<ModelBytes> broadcast(SparkSession session) {
    String current = session.sparkContext().applicationId();
    Broadcast<ModelBytes> known = broadcast;
    if (known == null || !current.equals(application)) {
      known = JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(bytes);
      broadcast = known;
      application = current;
    }
    return known;
  }
}
