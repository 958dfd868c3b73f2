package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Segments whose features stay in their Parquet files until a model reads them. */
public final class SegmentFiles {
  private static final String FILE = "file";
  private static final String ROW = "row";

  /** The type of a reference to a row of a file. */
  static final StructType REFERENCE =
      new StructType().add(FILE, DataTypes.StringType).add(ROW, DataTypes.LongType);

  private SegmentFiles() {}

  /**
   * Returns the rows of Parquet files. In place of the columns of binary features there is one
   * column, {@code struct<file: string, row: bigint>}, which {@link
   * EmotionClassificationModel#setFeaturesCol} names to a model. The files must stay as they are
   * until the rows were scored.
   *
   * @param path a file or folder, with the columns that {@code mer prepare} writes
   * @param featuresCol the name of the new column
   * @throws ConfigException if there are no features, or a column of that name exists
   */
  public static Dataset<Row> read(SparkSession session, String path, String featuresCol) {
    return of(rows(session, path), featuresCol);
  }

  /** Returns the rows of Parquet files. */
  static Dataset<Row> rows(SparkSession session, String path) {
    DataFrameReader reader = session.read();
    if (HadoopSettings.isLocal(session.sparkContext().hadoopConfiguration(), new Path(path))) {
      reader = reader.option(ParquetInputFormat.HADOOP_VECTORED_IO_ENABLED, false);
    }
    return reader.parquet(path);
  }

  /** Returns rows of Parquet files with references in place of their features. */
  static Dataset<Row> of(Dataset<Row> rows, String featuresCol) {
    StructType schema = rows.schema();
    List<String> features =
        InputColumns.unread(schema, ModalitySet.NONE).stream().map(Modality::key).toList();
    if (features.isEmpty()) {
      throw new ConfigException(
          "columns: none has binary features of a modality and a column of their number of rows");
    }
    if (InputColumns.has(schema, featuresCol)) {
      throw new ConfigException("columns: column '" + featuresCol + "' exists already");
    }
    Column file = rows.metadataColumn("_metadata");
    Column reference =
        functions
            .struct(file.getField("file_path").as(FILE), file.getField("row_index").as(ROW))
            .as(featuresCol);
    return rows.select(
        Stream.concat(
                Arrays.stream(schema.fieldNames())
                    .filter(name -> !features.contains(name))
                    .map(name -> InputColumns.column(rows, name)),
                Stream.of(reference))
            .toArray(Column[]::new));
  }
}
