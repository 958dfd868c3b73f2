package dev.mer4j.spark;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Emotion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores the segments of a task, on an executor.
 *
 * @param model the broadcast model
 * @param schema of the rows of the segments
 */
record TaskScoring(
    Broadcast<ModelBytes> model, StructType schema, ScoringOptions options, ScoringOutput output)
    implements Serializable {
  /** Returns the schema of the output. */
  StructType schemaOfOutput() {
    List<StructField> fields = new ArrayList<>();
    kept().forEach(name -> fields.add(schema.apply(name)));
    fields.addAll(output.columns().fields());
    return DataTypes.createStructType(fields);
  }

  private List<String> kept() {
    List<String> given = output.kept();
    return given == null ? Arrays.asList(schema.fieldNames()) : given;
  }

  /**
   * Scores segments, in their order.
   *
   * @param labels of the segments; empty without labels
   */
  Iterator<Row> score(Iterator<ScoredItem> items, List<Emotion> labels) {
    MultimodalModel own = open();
    int[] copied = kept().stream().mapToInt(schema::fieldIndex).toArray();
    return new WindowScorer(
        own,
        labels,
        options.available(own.config()),
        new WindowScorer.Window(options.batchSize(), copied, output.columns(), output.summary()),
        items);
  }

  /** Returns the configuration of the model. */
  ModelConfig config() {
    return open().config();
  }

  private MultimodalModel open() {
    return ExecutorModels.get(model.value(), options.backendName(), options.taskThreads());
  }
}
