package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model reads.
 *
 * @param id the index of the column of ids
 * @param references the index of the column of references to features; -1 if there is none
 * @param modalities the columns of each available modality
 */
record InputColumns(int id, int references, List<Column> modalities) {
  /**
   * The columns of a modality.
   *
   * @param width D
   * @param features the index of the features; -1 if they are not in the rows
   * @param rows the index of the number of rows; -1 if the features are arrays
   */
  record Column(Modality modality, int width, int features, int rows) {}

  /** Returns the columns of a schema that {@link ColumnCheck} accepts. */
  static InputColumns of(StructType schema, ScoringOptions options, ModelConfig config) {
    ModalitySet available = options.available(config);
    List<Column> columns = new ArrayList<>();
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              if (available.contains(modality)) {
                int features = index(schema, modality.key());
                boolean matrix = features >= 0 && isMatrix(schema.fields()[features].dataType());
                int rows = matrix ? -1 : schema.fieldIndex(SegmentColumns.rows(modality));
                columns.add(new Column(modality, width, features, rows));
              }
            });
    return new InputColumns(
        schema.fieldIndex(options.idCol()), index(schema, options.featuresCol()), columns);
  }

  private static int index(StructType schema, String name) {
    return Arrays.asList(schema.fieldNames()).indexOf(name);
  }

  /** Returns the columns of modalities whose features are not in the rows. */
  List<Column> referred() {
    return modalities.stream().filter(column -> column.features() < 0).toList();
  }

  /** Returns the names of the columns that scoring reads, if they exist. */
  static List<String> names(StructType schema, String idCol, ModalitySet available) {
    List<String> names = new ArrayList<>(List.of(idCol, SegmentColumns.SCORES));
    for (Modality modality : available.toList()) {
      names.add(modality.key());
      names.add(SegmentColumns.rows(modality));
    }
    names.retainAll(Arrays.asList(schema.fieldNames()));
    return names;
  }

  /**
   * Returns the modalities of binary columns that scoring does not read.
   *
   * @param available the modalities that it reads
   */
  static List<Modality> unread(StructType schema, ModalitySet available) {
    List<Modality> unread = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (isBinary(field.dataType()) && isKey(field.name())) {
        Modality modality = Modality.of(field.name());
        if (!available.contains(modality) && ColumnCheck.hasRows(schema, modality)) {
          unread.add(modality);
        }
      }
    }
    return unread;
  }

  private static boolean isKey(String name) {
    try {
      return Modality.of(name).key().equals(name);
    } catch (ConfigException e) {
      return false;
    }
  }

  /** Returns the names of the columns without features. */
  static List<String> others(StructType schema) {
    List<String> features =
        Arrays.stream(schema.fields())
            .filter(field -> isBinary(field.dataType()) || isMatrix(field.dataType()))
            .map(StructField::name)
            .toList();
    return Arrays.stream(schema.fieldNames())
        .filter(name -> !features.contains(name))
        .filter(
            name -> !(name.endsWith("_rows") && features.contains(name.replaceAll("_rows$", ""))))
        .toList();
  }

  /** Returns a column, whatever characters its name has. */
  static org.apache.spark.sql.Column column(Dataset<Row> rows, String name) {
    return rows.col("`" + name.replace("`", "``") + "`");
  }

  static boolean has(StructType schema, String name) {
    return Arrays.asList(schema.fieldNames()).contains(name);
  }

  static boolean isBinary(DataType type) {
    return type.equals(DataTypes.BinaryType);
  }

  static boolean isMatrix(DataType type) {
    return type instanceof ArrayType rows
        && rows.elementType() instanceof ArrayType row
        && row.elementType().equals(DataTypes.FloatType);
  }
}
