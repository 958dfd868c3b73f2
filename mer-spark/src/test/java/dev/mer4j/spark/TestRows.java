package dev.mer4j.spark;

import dev.mer4j.core.RandomSegments;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Segments as rows. */
final class TestRows {
  static final List<Modality> MODALITIES = RandomSegments.WIDTHS.modalities();

  private TestRows() {}

  /** Returns the segments in their order, in some partitions. */
  static Dataset<Row> of(SparkSession session, SegmentSet segments, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      Segment segment = segments.segment(s);
      rows.add(SegmentColumns.row(segment.info(), Split.NONE, MODALITIES, segment.features()::get));
    }
    return session
        .createDataFrame(rows, SegmentColumns.schema(MODALITIES, segments.labels()))
        .coalesce(1)
        .repartitionByRange(
            partitions, org.apache.spark.sql.functions.monotonically_increasing_id());
  }

  /** Returns ids and features as arrays of arrays, in one partition. */
  static Dataset<Row> matrices(SparkSession session, SegmentSet segments) {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField("id", DataTypes.StringType, false));
    for (Modality modality : MODALITIES) {
      fields.add(
          DataTypes.createStructField(
              modality.key(),
              DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)),
              true));
    }
    StructType schema = DataTypes.createStructType(fields);
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      Segment segment = segments.segment(s);
      Object[] values = new Object[1 + MODALITIES.size()];
      values[0] = segment.id().toString();
      for (int m = 0; m < MODALITIES.size(); m++) {
        values[m + 1] =
            segment.features().find(MODALITIES.get(m)).map(TestRows::matrix).orElse(null);
      }
      rows.add(RowFactory.create(values));
    }
    return session.createDataFrame(rows, schema).coalesce(1);
  }

  private static Float[][] matrix(Features features) {
    Float[][] rows = new Float[features.steps()][features.width()];
    for (int t = 0; t < features.steps(); t++) {
      for (int d = 0; d < features.width(); d++) {
        rows[t][d] = features.values()[t * features.width() + d];
      }
    }
    return rows;
  }
}
