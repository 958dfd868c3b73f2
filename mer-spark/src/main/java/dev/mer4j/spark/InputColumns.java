package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * @param modalities the columns of each available modality
 */
record InputColumns(int id, List<Column> modalities) {
  /**
   * The columns of a modality.
   *
   * @param width D
   * @param features the index of the features; -1 if they are not read
   * @param rows the index of the number of rows; -1 if the features are arrays
   */
  record Column(Modality modality, int width, int features, int rows) {}

  /** Returns the columns of a schema that {@link #problems} accepts. */
  static InputColumns of(
      StructType schema, String idCol, ModelConfig config, ModalitySet available) {
    List<Column> columns = new ArrayList<>();
    config
        .inputs()
        .forEach(
            (modality, width) -> {
              if (available.contains(modality)) {
                int features = schema.fieldIndex(modality.key());
                boolean binary = isBinary(schema.fields()[features].dataType());
                int rows = binary ? schema.fieldIndex(SegmentColumns.rows(modality)) : -1;
                columns.add(new Column(modality, width, features, rows));
              }
            });
    return new InputColumns(schema.fieldIndex(idCol), columns);
  }

  /** Returns every reason why a model cannot read rows of this schema. */
  static List<String> problems(
      StructType schema, String idCol, ModelConfig config, ModalitySet available) {
    List<String> problems = new ArrayList<>();
    if (!has(schema, idCol)) {
      problems.add("no column '" + idCol + "' of ids");
    } else if (isBinary(schema.apply(idCol).dataType())) {
      problems.add("column '" + idCol + "' of ids is binary; cast it to string");
    }
    for (Modality modality : available.toList()) {
      if (!config.inputs().has(modality)) {
        problems.add(
            String.format(
                Locale.ROOT,
                "available: the model does not read %s, only %s",
                modality.key(),
                ModalitySet.of(config.inputs().modalities())));
      } else {
        checkModality(schema, modality, config.inputs().get(modality), problems);
      }
    }
    checkScores(schema, problems);
    return problems;
  }

  private static void checkScores(StructType schema, List<String> problems) {
    if (!SegmentColumns.labels(schema).isEmpty()) {
      DataType type = schema.apply(SegmentColumns.SCORES).dataType();
      boolean floats =
          type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType);
      if (!floats) {
        problems.add(
            String.format(
                Locale.ROOT,
                "column '%s' is %s; expected array<float>",
                SegmentColumns.SCORES,
                type.catalogString()));
      }
    }
  }

  private static void checkModality(
      StructType schema, Modality modality, int width, List<String> problems) {
    String name = modality.key();
    if (!has(schema, name)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "no column '%s'; add [T, %d] features, or leave %s out of available",
              name,
              width,
              name));
      return;
    }
    DataType type = schema.fields()[schema.fieldIndex(name)].dataType();
    if (isBinary(type)) {
      checkRows(schema, modality, problems);
    } else if (!isMatrix(type)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "column '%s' is %s; expected binary with little-endian float32, or array<array<float>>",
              name,
              type.catalogString()));
    }
  }

  private static void checkRows(StructType schema, Modality modality, List<String> problems) {
    String name = SegmentColumns.rows(modality);
    if (!has(schema, name)) {
      problems.add(
          String.format(
              Locale.ROOT, "no column '%s'; binary features require their number of rows", name));
    } else {
      DataType type = schema.fields()[schema.fieldIndex(name)].dataType();
      if (!type.equals(DataTypes.IntegerType) && !type.equals(DataTypes.LongType)) {
        problems.add(
            String.format(
                Locale.ROOT,
                "column '%s' is %s; expected int or bigint",
                name,
                type.catalogString()));
      }
    }
  }

  /**
   * Checks that data fits a model.
   *
   * @param model D of each modality of the model
   * @param data D of each modality of the data
   * @throws ConfigException if a width differs, or no modality is common
   */
  static void requireWidths(PerModality<Integer> model, PerModality<Integer> data) {
    List<String> problems = new ArrayList<>();
    model.forEach(
        (modality, width) -> {
          int found = data.find(modality).orElse(width);
          if (found != width) {
            problems.add(
                String.format(
                    Locale.ROOT,
                    "the model reads %d %s features, the data has %d",
                    width,
                    modality.key(),
                    found));
          }
        });
    if (model.modalities().stream().noneMatch(data::has)) {
      problems.add(
          "the model reads "
              + ModalitySet.of(model.modalities())
              + ", the data has "
              + ModalitySet.of(data.modalities()));
    }
    ConfigException.throwIfAny("data", problems);
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
      boolean features = isBinary(field.dataType()) && isKey(field.name());
      if (features && !available.contains(Modality.of(field.name()))) {
        List<String> problems = new ArrayList<>();
        checkRows(schema, Modality.of(field.name()), problems);
        if (problems.isEmpty()) {
          unread.add(Modality.of(field.name()));
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

  private static boolean isBinary(DataType type) {
    return type.equals(DataTypes.BinaryType);
  }

  private static boolean isMatrix(DataType type) {
    return type instanceof ArrayType rows
        && rows.elementType() instanceof ArrayType row
        && row.elementType().equals(DataTypes.FloatType);
  }
}
