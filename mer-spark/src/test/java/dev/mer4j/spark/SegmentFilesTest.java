package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
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

class SegmentFilesTest {
  private static final String REFERENCE = "struct<file:string,row:bigint>";

  /** With absent modalities and without rows. */
  private static final SegmentSet SEGMENTS = RandomSegments.of(150, 12, 4);

  @TempDir Path folder;
  private SparkSession session;
  private MultimodalModel model;
  private EmotionClassificationModel spark;

  @BeforeEach
  void create() {
    session = Sessions.local();
    model = RandomSegments.model("java");
    model.save(folder.resolve("saved"), Provenance.UNKNOWN);
    spark =
        EmotionClassificationModel.of(folder.resolve("saved"))
            .setBackend("java")
            .setFeaturesCol("features");
  }

  @AfterEach
  void close() {
    model.close();
  }

  private String path(String name) {
    return HadoopPath.of(folder.resolve(name));
  }

  private Dataset<Row> columns() {
    return TestRows.of(session, SEGMENTS, 3);
  }

  private void checkScores(Dataset<Row> rows) {
    EmotionClassificationModel ofColumns =
        EmotionClassificationModel.of(folder.resolve("saved")).setBackend("java");
    assertThat(scores(spark.transform(rows))).isEqualTo(scores(ofColumns.transform(columns())));
  }

  private static List<String> scores(Dataset<Row> scored) {
    return scored.collectAsList().stream()
        .map(row -> row.getAs("id") + " " + row.<Vector>getAs("probability"))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"uncompressed, false, 1000", "snappy, true, 2000", "zstd, false, 100000000"})
  void referredFeaturesGiveTheScoresOfColumns(
      String compression, boolean dictionary, int bytesOfRowGroup) {
    columns()
        .write()
        .option("compression", compression)
        .option("parquet.enable.dictionary", dictionary)
        .option("parquet.block.size", bytesOfRowGroup)
        .option("parquet.block.size.row.check.min", 1)
        .option("parquet.page.size", 300)
        .option("parquet.page.size.row.check.min", 1)
        .parquet(path("data"));
    Dataset<Row> rows = SegmentFiles.read(session, path("data"), "features");

    assertThat(rows.schema().fieldNames())
        .containsExactly(
            "id",
            "split",
            "group",
            "start",
            "end",
            "scores",
            "text_rows",
            "audio_rows",
            "visual_rows",
            "features");
    checkScores(rows);
    checkScores(rows.orderBy(functions.hash(rows.col("id"))));
  }

  @Test
  void rowsMayBeFilteredBeforeTheyAreScored() {
    String archive = path("data");
    EmotionClassificationModel model = spark;
    columns().write().parquet(archive);
    // tag::files[]
    Dataset<Row> segments = SegmentFiles.read(session, archive, "features");
    Dataset<Row> scored =
        model.setFeaturesCol("features").transform(segments.where("text_rows > 2"));
    // end::files[]

    List<String> some = scores(scored.limit(40));

    spark.setFeaturesCol("");
    assertThat(some).hasSize(40);
    assertThat(scores(spark.transform(columns()))).containsAll(some);
  }

  @Test
  void aColumnOfFeaturesIsReadFromTheRow() {
    columns().write().parquet(path("data"));
    Dataset<Row> rows = SegmentFiles.read(session, path("data"), "features");
    Dataset<Row> texts = columns().select("id", "text");

    checkScores(rows.join(texts, "id"));
  }

  @ParameterizedTest
  @CsvSource({"audio", "'text,audio,visual'"})
  void aFileWithoutAColumnHasAbsentFeatures(String missing) {
    Dataset<Row> all = columns();
    Dataset<Row> absent = all;
    for (String name : missing.split(",", -1)) {
      absent = absent.withColumn(name, functions.lit(null).cast("binary"));
    }
    all.write().parquet(path("data/part=1"));
    all.drop(missing.split(",", -1)).write().parquet(path("data/part=2"));

    List<String> without =
        scores(
            spark.transform(
                SegmentFiles.read(session, path("data"), "features")
                    .where("part = 2")
                    .drop("part")));

    spark.setFeaturesCol("");
    assertThat(without).isEqualTo(scores(spark.transform(absent)));
  }

  @Test
  void filesMayHaveAnyName() {
    String name = "a b%20c [x]{y}*?+#ä\\d";
    columns().write().parquet(path(name));

    checkScores(SegmentFiles.read(session, HadoopPath.literal(folder.resolve(name)), "features"));
  }

  @Test
  void whatIsNotAReferenceIsNamedOnTheDriver() {
    columns().write().parquet(path("data"));
    Dataset<Row> rows = SegmentFiles.read(session, path("data"), "features");

    assertThatThrownBy(() -> spark.transform(rows.drop("features")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no column 'features' of references to features");
    assertThatThrownBy(
            () ->
                spark.transform(
                    rows.drop("text_rows").withColumn("features", functions.lit("file"))))
        .hasMessageContaining(
            "column 'features' is string; expected struct<file:string,row:bigint>")
        .hasMessageContaining("no column 'text_rows'");
    assertThatThrownBy(() -> SegmentFiles.read(session, path("data"), "id"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("column 'id' exists already");
    assertThatThrownBy(() -> SegmentFiles.of(rows.drop("features"), "where"))
        .hasMessageContaining("none has binary features");
  }

  @Test
  void whatCannotBeReadIsNamedByTheTask() throws IOException {
    columns().coalesce(1).write().parquet(path("data"));
    Dataset<Row> rows = SegmentFiles.read(session, path("data"), "features");
    Column reference = rows.col("features");

    assertThatThrownBy(
            () -> count(rows.withColumn("features", functions.lit(null).cast(REFERENCE))))
        .hasStackTraceContaining("has no reference to its features");
    assertThatThrownBy(
            () ->
                count(rows.withColumn("features", reference.withField("row", functions.lit(150L)))))
        .hasStackTraceContaining("has no row 150, only 150 rows");
    assertThatThrownBy(
            () ->
                count(
                    rows.withColumn(
                        "features",
                        reference.withField("file", functions.lit(path("saved/config.json"))))))
        .hasStackTraceContaining("saved/config.json: cannot be read as Parquet: ");
    rows.select(rows.col("id").as("text"))
        .withColumn("text", functions.lit(7))
        .coalesce(1)
        .write()
        .parquet(path("numbers"));
    String numbers = SegmentFiles.rows(session, path("numbers")).inputFiles()[0];
    assertThatThrownBy(
            () ->
                count(
                    rows.withColumn(
                        "features", reference.withField("file", functions.lit(numbers)))))
        .hasStackTraceContaining("column 'text' is not binary");
    assertThatThrownBy(() -> count(rows.withColumn("text_rows", functions.lit(1))))
        .hasStackTraceContaining("column 'text' has");
    Dataset<Row> known = session.createDataFrame(rows.collectAsList(), rows.schema());
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(() -> count(known)).hasStackTraceContaining("does not exist");
  }

  private long count(Dataset<Row> rows) {
    return spark.transform(rows).select("id", "prediction").collectAsList().size();
  }
}
