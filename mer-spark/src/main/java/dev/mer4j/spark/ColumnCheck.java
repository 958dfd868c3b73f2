package dev.mer4j.spark;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Checks that a model can read rows or data. */
final class ColumnCheck {
  private static final String REFERENCE = SegmentFiles.REFERENCE.catalogString();

  private ColumnCheck() {}

  /** Returns every reason why a model cannot read rows of this schema. */
  static List<String> problems(StructType schema, ScoringOptions options, ModelConfig config) {
    List<String> problems = new ArrayList<>();
    String idCol = options.idCol();
    if (!InputColumns.has(schema, idCol)) {
      problems.add("no column '" + idCol + "' of ids");
    } else if (InputColumns.isBinary(schema.apply(idCol).dataType())) {
      problems.add("column '" + idCol + "' of ids is binary; cast it to string");
    }
    boolean referred = !options.featuresCol().isEmpty();
    if (referred) {
      checkReferences(schema, options.featuresCol(), problems);
    }
    for (Modality modality : options.available(config).toList()) {
      if (!config.inputs().has(modality)) {
        problems.add(
            String.format(
                Locale.ROOT,
                "available: the model does not read %s, only %s",
                modality.key(),
                ModalitySet.of(config.inputs().modalities())));
      } else if (referred && !InputColumns.has(schema, modality.key())) {
        checkRows(schema, modality, problems);
      } else {
        checkModality(schema, modality, config.inputs().get(modality), problems);
      }
    }
    checkScores(schema, problems);
    return problems;
  }

  private static void checkReferences(StructType schema, String name, List<String> problems) {
    if (!InputColumns.has(schema, name)) {
      problems.add("no column '" + name + "' of references to features");
    } else if (!schema.apply(name).dataType().catalogString().equals(REFERENCE)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "column '%s' is %s; expected %s",
              name,
              schema.apply(name).dataType().catalogString(),
              REFERENCE));
    }
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
    if (!InputColumns.has(schema, name)) {
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
    if (InputColumns.isBinary(type)) {
      checkRows(schema, modality, problems);
    } else if (!InputColumns.isMatrix(type)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "column '%s' is %s; expected binary with little-endian float32, or array<array<float>>",
              name,
              type.catalogString()));
    }
  }

  /** Returns whether a schema has the number of rows of a modality. */
  static boolean hasRows(StructType schema, Modality modality) {
    List<String> problems = new ArrayList<>();
    checkRows(schema, modality, problems);
    return problems.isEmpty();
  }

  private static void checkRows(StructType schema, Modality modality, List<String> problems) {
    String name = SegmentColumns.rows(modality);
    if (!InputColumns.has(schema, name)) {
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
}
