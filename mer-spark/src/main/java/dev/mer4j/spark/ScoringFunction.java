package dev.mer4j.spark;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rows of a partition, on an executor.
 *
 * @param model the broadcast model
 * @param schema of the rows
 * @param files the file systems of features that are not in the rows; null if all are
 */
record ScoringFunction(
    Broadcast<ModelBytes> model,
    StructType schema,
    ScoringOptions options,
    ScoringOutput output,
    @Nullable Broadcast<HadoopSettings> files)
    implements MapPartitionsFunction<Row, Row> {
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

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ModelConfig config = open().config();
    List<Emotion> labels = SegmentColumns.labels(schema);
    InputColumns columns = InputColumns.of(schema, options, config);
    SegmentRowReader reader =
        new SegmentRowReader(
            columns.id(),
            new RowFeatures(columns, files(columns), options.prepareOptions()),
            unread(),
            labels.isEmpty() ? -1 : schema.fieldIndex(SegmentColumns.SCORES),
            labels);
    return score(new MappedIterator<>(rows, reader::item), labels);
  }

  private @Nullable ParquetFeatures files(InputColumns columns) {
    return files == null
        ? null
        : new ParquetFeatures(
            files.value().configuration(),
            columns.referred().stream().map(column -> column.modality().key()).toList());
  }

  private List<InputColumns.Column> unread() {
    return output.unread().stream()
        .map(Modality::of)
        .map(
            modality ->
                new InputColumns.Column(
                    modality, 0, -1, schema.fieldIndex(SegmentColumns.rows(modality))))
        .toList();
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

  private MultimodalModel open() {
    return ExecutorModels.get(model.value(), options.backendName(), options.taskThreads());
  }
}
