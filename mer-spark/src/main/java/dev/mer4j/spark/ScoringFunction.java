package dev.mer4j.spark;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores the rows of a partition, on an executor.
 *
 * @param model the broadcast model
 * @param schema of the rows
 * @param kept the names of the columns that are copied to the output
 */
record ScoringFunction(
    Broadcast<ModelBytes> model,
    StructType schema,
    List<String> kept,
    ScoringOptions options,
    OutputColumns outputs)
    implements MapPartitionsFunction<Row, Row> {
  ScoringFunction {
    kept = List.copyOf(kept);
  }

  /** Returns the schema of the output. */
  StructType output() {
    List<StructField> fields = new ArrayList<>();
    kept.forEach(name -> fields.add(schema.apply(name)));
    fields.addAll(outputs.fields());
    return DataTypes.createStructType(fields);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ModelConfig config = open().config();
    boolean scored = InputColumns.has(schema, SegmentColumns.SCORES);
    List<Emotion> labels =
        scored ? SegmentColumns.labels(schema.apply(SegmentColumns.SCORES)) : List.of();
    SegmentRowReader reader =
        new SegmentRowReader(
            InputColumns.of(schema, options.idCol(), config, options.available(config)),
            labels.isEmpty() ? -1 : schema.fieldIndex(SegmentColumns.SCORES),
            labels,
            options.prepareOptions());
    return score(new MappedIterator<>(rows, reader::item), labels);
  }

  /**
   * Scores segments, in their order.
   *
   * @param labels of the segments; empty without labels
   */
  Iterator<Row> score(Iterator<WindowScorer.Item> items, List<Emotion> labels) {
    MultimodalModel own = open();
    int[] copied = kept.stream().mapToInt(schema::fieldIndex).toArray();
    return new WindowScorer(
        own,
        labels,
        options.available(own.config()),
        new WindowScorer.Window(options.batchSize(), copied, outputs),
        items);
  }

  /** Returns the modalities that tasks read. */
  List<Modality> modalities() {
    return options.available(open().config()).toList();
  }

  private MultimodalModel open() {
    return ExecutorModels.get(model.value(), options.backendName(), options.taskThreads());
  }
}
