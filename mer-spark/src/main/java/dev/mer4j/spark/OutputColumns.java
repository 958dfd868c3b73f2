package dev.mer4j.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.Contributions;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.report.PredictionsJson;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns that a model adds, each omitted if its name is empty.
 *
 * @param probability the vector [C] of probabilities
 * @param prediction the predicted classes
 * @param contributions the terms of additive fusion
 * @param json the line of {@code mer predict}
 */
record OutputColumns(String probability, String prediction, String contributions, String json)
    implements Serializable {
  private static final DataType VALUES = DataTypes.createArrayType(DataTypes.DoubleType, false);

  private static final DataType CONTRIBUTIONS =
      DataTypes.createStructType(
          List.of(
              DataTypes.createStructField("bias", VALUES, false),
              DataTypes.createStructField(
                  "terms", DataTypes.createMapType(DataTypes.StringType, VALUES, false), false)));

  /** Returns only the JSON column. */
  static OutputColumns json(String name) {
    return new OutputColumns("", "", "", name);
  }

  List<StructField> fields() {
    List<StructField> fields = new ArrayList<>();
    add(fields, probability, SQLDataTypes.VectorType(), false);
    add(fields, prediction, DataTypes.createArrayType(DataTypes.StringType, false), false);
    add(fields, contributions, CONTRIBUTIONS, true);
    add(fields, json, DataTypes.StringType, false);
    return fields;
  }

  private static void add(List<StructField> fields, String name, DataType type, boolean nullable) {
    if (!name.isEmpty()) {
      fields.add(DataTypes.createStructField(name, type, nullable));
    }
  }

  /** Returns the values of a row's columns, in the order of the fields. */
  List<@Nullable Object> values(Predictions predictions, int row, String id) {
    Prediction prediction = predictions.rows().get(row);
    List<@Nullable Object> values = new ArrayList<>();
    if (!probability.isEmpty()) {
      values.add(Vectors.dense(doubles(prediction.probabilities())));
    }
    if (!this.prediction.isEmpty()) {
      values.add(classes(predictions, row));
    }
    if (!contributions.isEmpty()) {
      values.add(prediction.contributions().map(OutputColumns::terms).orElse(null));
    }
    if (!json.isEmpty()) {
      ObjectNode line = PredictionsJson.line(predictions, row);
      line.put("id", id);
      values.add(line.toString());
    }
    return values;
  }

  private static String[] classes(Predictions predictions, int row) {
    List<String> names = predictions.scheme().classes();
    List<String> predicted = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      if (predictions.predicted(row, c)) {
        predicted.add(names.get(c));
      }
    }
    return predicted.toArray(String[]::new);
  }

  private static Object terms(Contributions contributions) {
    Map<String, double[]> terms = new LinkedHashMap<>();
    contributions
        .terms()
        .forEach(term -> terms.put(term.modalities().toString(), doubles(term.values())));
    return RowFactory.create(doubles(contributions.bias()), CollectionConverters.asScala(terms));
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
