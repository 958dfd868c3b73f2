package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills one of two executors in the middle of a job. */
@Tag("spark-cluster")
class ExecutorLossTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(4000, 60, 8);

  @TempDir Path folder;

  @Test
  void predictionsHaveTheBitsOfOneProcess() throws IOException {
    LocalCluster.createHome();
    LocalCluster.Killer killer = new LocalCluster.Killer(10);
    SparkSession.Builder builder = SparkSession.builder().master(LocalCluster.MASTER);
    LocalCluster.settings().forEach(each -> builder.config(each[0], each[1]));
    List<Row> rows;
    try (MultimodalModel model = RandomSegments.builder().backend("java").hidden(32).build()) {
      model.save(folder.resolve("model"), Provenance.UNKNOWN);
      try (SparkSession session = builder.getOrCreate()) {
        session.sparkContext().addSparkListener(killer);
        rows =
            EmotionClassificationModel.of(folder.resolve("model"))
                .setBackend("java")
                .transform(TestRows.of(session, SEGMENTS, 60))
                .select("id", "probability")
                .collectAsList();
      }

      assertThat(killer.removed()).isPositive();
      List<Prediction> expected = model.predict(SEGMENTS).rows();
      assertThat(rows).hasSameSizeAs(expected);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(rows.get(i).getString(0)).isEqualTo(expected.get(i).segment().id().toString());
        assertThat(rows.get(i).<Vector>getAs(1).toArray())
            .containsExactly(
                expected.get(i).probabilities().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
      }
    }
  }
}
