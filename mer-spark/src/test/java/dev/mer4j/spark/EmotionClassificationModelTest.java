package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.Contributions;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.store.PrepareOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MultilabelClassificationEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Tuple2;

class EmotionClassificationModelTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(150, 12, 4);

  @TempDir Path folder;
  private SparkSession session;

  @BeforeEach
  void connect() {
    session = Sessions.local();
  }

  private EmotionClassificationModel save(MultimodalModel model) {
    model.save(folder.resolve("saved"), Provenance.UNKNOWN);
    return EmotionClassificationModel.of(folder.resolve("saved"));
  }

  @ParameterizedTest
  @CsvSource({"native, 1, 1024", "native, 5, 7", "java, 3, 1", "java, 4, 33"})
  void predictionsHaveTheBitsOfOneProcess(String backend, int partitions, int batchSize) {
    try (MultimodalModel model =
        RandomSegments.builder().backend(backend).fusion(Fusion.additive(2)).build()) {
      EmotionClassificationModel spark =
          save(model)
              .setBackend(backend)
              .setBatchSize(batchSize)
              .setContributionsCol("contributions");

      List<Row> rows = spark.transform(TestRows.of(session, SEGMENTS, partitions)).collectAsList();

      assertThat(rows).hasSameSizeAs(model.predict(SEGMENTS).rows());
      check(rows, model.predict(SEGMENTS));
    }
  }

  @Test
  void predictionsThatOneTaskReadsTwiceInTurnAreThoseOfTheirRows() {
    try (MultimodalModel model = RandomSegments.model("java")) {
      EmotionClassificationModel spark = save(model).setBackend("java").setBatchSize(2);
      JavaRDD<Row> scored = spark.transform(TestRows.of(session, SEGMENTS, 3)).toJavaRDD();

      List<Tuple2<Row, Row>> pairs = scored.zip(scored).coalesce(1).collect();

      Predictions expected = model.predict(SEGMENTS);
      check(pairs.stream().map(Tuple2::_1).toList(), expected);
      check(pairs.stream().map(Tuple2::_2).toList(), expected);
    }
  }

  private static void check(List<Row> rows, Predictions expected) {
    for (int i = 0; i < rows.size(); i++) {
      Prediction prediction = expected.rows().get(i);
      Row row = rows.get(i);
      assertThat(row.<String>getAs("id")).isEqualTo(prediction.segment().id().toString());
      assertThat(row.<Vector>getAs("probability").toArray())
          .containsExactly(values(prediction.probabilities()));
      List<String> predicted = row.getList(row.fieldIndex("prediction"));
      assertThat(predicted)
          .containsExactlyElementsOf(
              expected.predicted(i).stream().map(emotion -> emotion.key()).toList());
      if (Stream.of(row.schema().fieldNames()).anyMatch("contributions"::equals)) {
        checkTerms(row.getStruct(row.fieldIndex("contributions")), prediction);
      }
    }
  }

  private static void checkTerms(Row row, Prediction prediction) {
    Contributions expected = prediction.contributions().orElseThrow();
    assertThat(row.<Double>getList(0)).isEqualTo(expected.bias());
    assertThat(row.getJavaMap(1)).hasSize(expected.terms().size());
    for (Contributions.Term term : expected.terms()) {
      Object values = row.getJavaMap(1).get(term.modalities().toString());
      assertThat(scala.jdk.javaapi.CollectionConverters.asJava((scala.collection.Seq<?>) values))
          .isEqualTo(term.values());
    }
  }

  private static double[] values(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void arraysOfArraysAreReadAsBytesAre() {
    try (MultimodalModel model = RandomSegments.model("java")) {
      EmotionClassificationModel spark = save(model).setBackend("java");

      check(
          spark.transform(TestRows.matrices(session, SEGMENTS)).collectAsList(),
          model.predict(SEGMENTS));
    }
  }

  @Test
  void onlyAvailableModalitiesAreReadAndNeeded() {
    ModalitySet available = ModalitySet.parse("text,visual");
    try (MultimodalModel model = RandomSegments.model("java")) {
      EmotionClassificationModel spark = save(model).setBackend("java").setAvailable(available);
      Dataset<Row> rows = TestRows.of(session, SEGMENTS, 2).drop("audio", "audio_rows");

      check(spark.transform(rows).collectAsList(), model.predict(SEGMENTS, available));
    }
  }

  @Test
  void theExampleOfTheGuideRuns() {
    Path run = folder;
    Dataset<Row> segments = TestRows.of(session, SEGMENTS, 1);
    try (MultimodalModel trained = RandomSegments.model("native")) {
      trained.save(run.resolve("model"), Provenance.UNKNOWN);
      // tag::spark[]
      EmotionClassificationModel model = EmotionClassificationModel.of(run.resolve("model"));
      Dataset<Row> scored = model.setAvailable("text", "audio").transform(segments);
      // end::spark[]

      check(scored.collectAsList(), trained.predict(SEGMENTS, ModalitySet.parse("text,audio")));
    }
  }

  @Test
  void featuresAreSanitizedOnlyOnRequest() {
    SegmentSet dirty = withValues(Float.NaN, Float.POSITIVE_INFINITY, 20_000);
    SegmentSet clean = withValues(0, 0, 10_000);
    try (MultimodalModel model = RandomSegments.model("java")) {
      EmotionClassificationModel spark = save(model).setBackend("java");
      Dataset<Row> rows = TestRows.of(session, dirty, 1);

      assertThatThrownBy(() -> spark.transform(rows).collectAsList())
          .hasStackTraceContaining("segment a[0]: text features have NaN at step 0, column 0");
      check(
          spark.setPreparation(PrepareOptions.DEFAULT).transform(rows).collectAsList(),
          model.predict(clean));
    }
  }

  private static SegmentSet withValues(float... first) {
    float[] values = new float[10];
    System.arraycopy(first, 0, values, 0, first.length);
    Segment segment =
        new Segment(
            new SegmentId("a", 0),
            0,
            1,
            EmotionScores.UNLABELED,
            PerModality.of(Modality.TEXT, new Features(2, 5, values)));
    return SegmentList.of(List.of(segment));
  }

  @Test
  void everyProblemOfTheColumnsIsNamedAtOnce() {
    try (MultimodalModel model = RandomSegments.model("java")) {
      EmotionClassificationModel spark =
          save(model).setAvailable("text", "audio", "visual", "gaze").setPreparation("none");
      Dataset<Row> rows =
          session.sql(
              "select 1 as number, 'x' as text, unhex('00') as audio, 2.5 as audio_rows, 0 as"
                  + " prediction");

      assertThatThrownBy(() -> spark.transformSchema(rows.schema()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("preparation is not JSON of PrepareOptions")
          .hasMessageContaining("no column 'id' of ids")
          .hasMessageContaining("column 'text' is string")
          .hasMessageContaining("column 'audio_rows' is decimal(2,1)")
          .hasMessageContaining("no column 'visual'")
          .hasMessageContaining("the model does not read gaze")
          .hasMessageContaining("column 'prediction' exists already");
    }
  }

  @Test
  void aWrongNumberOfBytesIsNamed() {
    try (MultimodalModel model = RandomSegments.model("java")) {
      EmotionClassificationModel spark = save(model).setAvailable("text");
      Dataset<Row> rows = session.sql("select 7 as id, unhex('0011') as text, 3 as text_rows");

      assertThatThrownBy(() -> spark.transform(rows).collectAsList())
          .hasStackTraceContaining(
              "row '7': column 'text' has 2 bytes; 3 rows of 5 float32 are 60");
    }
  }

  @Test
  void aModelThatReadsThePaddingOfItsBatchesIsRefused() {
    try (MultimodalModel padded =
        MultimodalModel.builder()
            .config(
                ModelConfig.builder()
                    .inputs(RandomSegments.WIDTHS)
                    .hidden(3)
                    .paddedBatch(4)
                    .build())
            .backend("java")
            .build()) {
      EmotionClassificationModel spark = save(padded);

      assertThatThrownBy(() -> spark.transform(TestRows.of(session, SEGMENTS, 1)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("paddedBatch");
    }
  }

  @Test
  void savingKeepsTheModelFolderAndTheParameters() throws IOException {
    try (MultimodalModel model = RandomSegments.model("java")) {
      EmotionClassificationModel spark =
          save(model).setBackend("java").setBatchSize(5).setAvailable("text");
      PipelineModel pipeline =
          new Pipeline()
              .setStages(new PipelineStage[] {spark})
              .fit(TestRows.of(session, SEGMENTS, 1));
      String path = folder.resolve("pipeline").toUri().toString();

      pipeline.write().overwrite().save(path);
      PipelineModel read = PipelineModel.load(path);
      String own = folder.resolve("own").toUri().toString();
      spark.save(own);
      EmotionClassificationModel loaded = EmotionClassificationModel.load(own);

      assertThat(loaded.getBatchSize()).isEqualTo(5);
      assertThat(loaded.getAvailable()).containsExactly("text");
      assertThat(loaded.uid()).isEqualTo(spark.uid());
      assertThat(names(folder.resolve("own/model"))).isEqualTo(names(folder.resolve("saved")));
      for (String name : names(folder.resolve("saved"))) {
        assertThat(folder.resolve("own/model").resolve(name))
            .hasSameBinaryContentAs(folder.resolve("saved").resolve(name));
      }
      try (MultimodalModel again = MultimodalModel.load(folder.resolve("own/model"))) {
        assertThat(again.config()).isEqualTo(model.config());
      }
      check(
          read.transform(TestRows.of(session, SEGMENTS, 2)).collectAsList(),
          model.predict(SEGMENTS, ModalitySet.of(Modality.TEXT)));
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  @Test
  void anApplicationLoadsAModelOnce() {
    try (MultimodalModel model = RandomSegments.builder().backend("java").seed(99).build()) {
      EmotionClassificationModel spark = save(model).setBackend("java").setThreads(1);
      int before = ExecutorModels.size();

      spark.transform(TestRows.of(session, SEGMENTS, 6)).collectAsList();
      spark.copy(spark.extractParamMap()).transform(TestRows.of(session, SEGMENTS, 2)).count();

      assertThat(ExecutorModels.size()).isEqualTo(before + 1);
    }
  }

  /** The evaluator of Spark and that of mer4j agree on the micro-averaged F1. */
  @Test
  void aPipelineContinuesWithStagesOfSpark() {
    LabelSet labels = LabelSet.MULTI_LABEL;
    try (MultimodalModel model = RandomSegments.builder().backend("java").build()) {
      EmotionClassificationModel spark = save(model).setBackend("java");
      String indices =
          labels.classes().stream()
              .map(
                  name ->
                      "if(array_contains(prediction, '"
                          + name
                          + "'), array("
                          + labels.classes().indexOf(name)
                          + "D), array())")
              .reduce((a, b) -> "concat(" + a + ", " + b + ")")
              .orElseThrow();
      String truth = indices;
      for (int c = 0; c < labels.classes().size(); c++) {
        truth =
            truth.replace(
                "array_contains(prediction, '" + labels.classes().get(c) + "')",
                "scores[" + (c + 1) + "] > 0");
      }
      SQLTransformer classes =
          new SQLTransformer()
              .setStatement(
                  "select id, coalesce(prediction[0], 'none') as first, "
                      + indices
                      + " as predicted, "
                      + truth
                      + " as label from __THIS__");
      StringIndexer indexer = new StringIndexer().setInputCol("first").setOutputCol("index");
      Dataset<Row> rows = TestRows.of(session, SEGMENTS, 3);

      Dataset<Row> scored =
          new Pipeline()
              .setStages(new PipelineStage[] {spark, classes, indexer})
              .fit(rows)
              .transform(rows);
      double f1 =
          new MultilabelClassificationEvaluator()
              .setPredictionCol("predicted")
              .setLabelCol("label")
              .setMetricName("microF1Measure")
              .evaluate(scored);

      List<String> first = new ArrayList<>();
      scored.select("first").collectAsList().forEach(row -> first.add(row.getString(0)));
      assertThat(first).hasSize(SEGMENTS.size());
      assertThat(scored.agg(functions.max("index")).first().getDouble(0)).isNotNegative();
      assertThat(f1).isEqualTo(microF1(model.predict(SEGMENTS)));
    }
  }

  private static double microF1(Predictions predictions) {
    long hits = 0;
    long predicted = 0;
    long present = 0;
    for (int i = 0; i < predictions.size(); i++) {
      EmotionScores scores = predictions.rows().get(i).segment().scores();
      for (int c = 0; c < 6; c++) {
        boolean positive = predictions.predicted(i, c);
        hits += positive && scores.of(c) > 0 ? 1 : 0;
        predicted += positive ? 1 : 0;
        present += scores.of(c) > 0 ? 1 : 0;
      }
    }
    return 2.0 * hits / (predicted + present);
  }
}
