package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.store.Precision;
import dev.mer4j.data.store.PrepareOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows, models and parameters that no preparation would write. */
class HostileRowsTest {
  @TempDir Path folder;
  private SparkSession session;
  private MultimodalModel model;
  private EmotionClassificationModel spark;

  @BeforeEach
  void save() {
    session = Sessions.local();
    model = RandomSegments.model("java");
    model.save(folder.resolve("saved"), Provenance.UNKNOWN);
    spark = EmotionClassificationModel.of(folder.resolve("saved")).setBackend("java");
  }

  @AfterEach
  void close() {
    model.close();
  }

  /** Text has 5 columns, so that 20 bytes are one row. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "unhex('00'); 1; has 1 bytes; 1 rows of 5 float32 are 20",
        "unhex(repeat('00', 20)); -1; has 20 bytes; number of rows in column 'text_rows' is -1",
        "unhex(repeat('00', 20)); null; has 20 bytes; in column 'text_rows' is absent",
        "unhex(repeat('00', 60)); 4611686018427387907; has 60 bytes; is 4611686018427387907"
      })
  void aNumberOfRowsThatDoesNotFitIsNamed(String bytes, String count, String first, String second) {
    Dataset<Row> rows =
        session.sql(
            "select 7 as id, " + bytes + " as text, cast(" + count + " as bigint) as text_rows");

    assertThatThrownBy(() -> spark.setAvailable("text").transform(rows).collectAsList())
        .hasStackTraceContaining("row '7': column 'text' " + first)
        .hasStackTraceContaining(second);
  }

  @Test
  void aRowWithoutIdOrWithInvalidScoresIsNamed() {
    SegmentSet segments = RandomSegments.of(3, 4, 1);
    Dataset<Row> rows = TestRows.of(session, segments, 1);
    Dataset<Row> nameless = rows.withColumn("id", functions.lit(null).cast("string"));
    Dataset<Row> shortScores = scores(rows, "array(cast(1 as float))");
    Dataset<Row> nullScores =
        scores(rows, "transform(scores, (x, i) -> if(i = 2, cast(null as float), x))");
    Dataset<Row> textScores = scores(rows, "array('a')");

    assertThatThrownBy(() -> spark.transform(nameless).collectAsList())
        .hasStackTraceContaining("a row has no id");
    assertThatThrownBy(() -> spark.transform(shortScores).collectAsList())
        .hasStackTraceContaining("column 'scores' is [1.0]");
    assertThatThrownBy(() -> spark.transform(nullScores).collectAsList())
        .hasStackTraceContaining("expected the sentiment and a score of each of");
    assertThatThrownBy(() -> spark.transform(textScores))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("column 'scores' is array<string>; expected array<float>");
  }

  @Test
  void binaryIdsAreRefused() {
    Dataset<Row> rows =
        TestRows.of(session, RandomSegments.of(3, 4, 1), 1)
            .withColumn("id", functions.expr("cast(id as binary)"));

    assertThatThrownBy(() -> spark.transform(rows))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("column 'id' of ids is binary; cast it to string");
  }

  private static Dataset<Row> scores(Dataset<Row> rows, String expression) {
    return rows.withColumn("scores", functions.expr(expression))
        .withMetadata(
            "scores", rows.schema().fields()[rows.schema().fieldIndex("scores")].metadata());
  }

  @Test
  void rowsWithTheSameIdAreScoredEach() {
    SegmentSet segments = RandomSegments.of(40, 6, 2);
    Dataset<Row> rows =
        TestRows.of(session, segments, 1).withColumn("id", functions.lit("same[0]"));

    List<Row> scored = spark.transform(rows).collectAsList();

    List<Prediction> expected = model.predict(segments).rows();
    assertThat(scored).hasSameSizeAs(expected);
    for (int i = 0; i < scored.size(); i++) {
      assertThat(scored.get(i).<String>getAs("id")).isEqualTo("same[0]");
      assertThat(scored.get(i).<Vector>getAs("probability").toArray())
          .containsExactly(expected.get(i).probabilities().stream().mapToDouble(p -> p).toArray());
    }
  }

  @Test
  void emptyPartitionsAndEmptyDataAreScored() {
    Dataset<Row> one = TestRows.of(session, RandomSegments.of(1, 4, 1), 1);

    assertThat(spark.transform(one.repartition(4)).collectAsList()).hasSize(1);
    assertThat(spark.transform(one.filter("1 = 0")).collectAsList()).isEmpty();
  }

  @Test
  void valuesBeyondTheLimitAreClippedAndOthersKeepTheirBits() {
    PrepareOptions options =
        new PrepareOptions(
            SampleUnit.SEGMENT,
            3,
            Truncation.TAIL,
            new SanitizeOptions(0.5, SanitizeOptions.DEFAULT.limits(), false),
            IncompletePolicy.KEEP,
            Precision.FLOAT32);
    SegmentSet segments = RandomSegments.of(60, 6, 3);
    Dataset<Row> bytes = TestRows.of(session, segments, 1);
    Dataset<Row> arrays = TestRows.matrices(session, segments);

    spark.setPreparation(options);

    // Arrays are always prepared in full.
    assertThat(probabilities(spark.transform(bytes)))
        .isEqualTo(probabilities(spark.transform(arrays)));
  }

  private static List<String> probabilities(Dataset<Row> scored) {
    return scored.select("probability").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void invalidParametersAreRefused() {
    Dataset<Row> rows = TestRows.of(session, RandomSegments.of(1, 4, 1), 1);

    assertThatThrownBy(() -> spark.setAvailable(ModalitySet.NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("at least one modality");
    assertThatThrownBy(() -> spark.setThreads(1000)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> spark.setProbabilityCol("prediction").transform(rows))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("column 'prediction' exists already");
  }

  @Test
  void aModelOfAnEarlierVersionIsRead() throws IOException {
    Path config = folder.resolve("saved/config.json");
    String json = Files.readString(config);
    Files.writeString(config, json.replace("\"headHidden\"", "\"headWidth\""));

    assertThat(EmotionClassificationModel.of(folder.resolve("saved")).config())
        .isEqualTo(model.config());
  }

  @Test
  void aModelOfAnotherFormatIsRefusedAtOnce() throws IOException {
    Path saved = folder.resolve("saved");
    Path config = saved.resolve("config.json");
    String json = Files.readString(config);
    Files.writeString(config, json.replace("\"format\" : 2", "\"format\" : 9"));

    assertThatThrownBy(() -> EmotionClassificationModel.of(saved))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(config + ": is not a model's configuration: format 9")
        .hasMessageContaining("another version of mer4j");
  }

  @Test
  void aFolderWithoutTheConfigurationOfAModelIsRefusedAtOnce() throws IOException {
    Path saved = folder.resolve("saved");
    Path config = saved.resolve("config.json");
    String path = folder.resolve("transformer").toUri().toString();
    spark.save(path);
    Files.writeString(config, "[]");

    assertThatThrownBy(() -> EmotionClassificationModel.of(saved))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("config.json: is not a model's configuration");
    Files.delete(config);
    assertThatThrownBy(() -> EmotionClassificationModel.of(saved))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("config.json: does not exist");
    Files.delete(folder.resolve("transformer/model/config.json"));
    assertThatThrownBy(() -> EmotionClassificationModel.load(path))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("config.json: does not exist");
  }
}
