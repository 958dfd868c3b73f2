package dev.mer4j.spark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of Parquet files, of which only the needed columns are read.
 *
 * @param path a file or a folder
 * @param options how to sanitize and truncate features
 */
record ParquetSource(SparkSession session, Path path, PrepareOptions options)
    implements ScoringSource {
  private static final String FEATURES = "mer4j_features";

  @Override
  public Dataset<Row> score(
      EmotionClassificationModel model,
      boolean keep,
      OutputColumns columns,
      SummaryAccumulator summary) {
    model.setPreparation(options);
    Dataset<Row> files = SegmentFiles.rows(session, HadoopPath.literal(path));
    StructType schema = files.schema();
    model.transformSchema(schema);
    Dataset<Row> rows = files;
    if (!InputColumns.unread(schema, ModalitySet.NONE).isEmpty()) {
      rows = SegmentFiles.of(files, FEATURES);
      model.setFeaturesCol(FEATURES);
    }
    ModalitySet available = model.options().available(model.config());
    List<String> kept = keep ? InputColumns.others(schema) : List.of();
    List<Modality> unread = InputColumns.unread(schema, available);
    Set<String> read = new LinkedHashSet<>(kept);
    read.addAll(InputColumns.names(schema, model.getIdCol(), available));
    unread.forEach(modality -> read.add(SegmentColumns.rows(modality)));
    List<String> keys = unread.stream().map(Modality::key).toList();
    read.add(FEATURES);
    return model.score(
        select(rows, new ArrayList<>(read)), new ScoringOutput(columns, kept, keys, summary));
  }

  private static Dataset<Row> select(Dataset<Row> rows, List<String> names) {
    return rows.select(
        Arrays.stream(rows.schema().fieldNames())
            .filter(names::contains)
            .map(name -> InputColumns.column(rows, name))
            .toArray(Column[]::new));
  }
}
