package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.PrepareOptions;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.OutputFile;
import dev.mer4j.report.PredictionsJson;
import dev.mer4j.train.cluster.Cluster;
import dev.mer4j.train.cluster.ScoreData;
import dev.mer4j.train.cluster.ScoreJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints the time and processor time of scoring and preparation on Spark beside those of one
 * process with as many threads: medians of alternating rounds. The properties {@code report.videos}
 * and {@code report.rounds} set the size; {@code report.only} is {@code score} or {@code prepare}
 * to measure only that.
 */
@Tag("spark-report")
class ThroughputReport {
  private static final int VIDEOS = Integer.getInteger("report.videos", 160);
  private static final int ROUNDS = Integer.getInteger("report.rounds", 3);
  private static final String[] PREDICTIONS = {"id", "probability", "prediction", "contributions"};
  private static final String ONLY = System.getProperty("report.only", "");

  @TempDir Path folder;

  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();
  private Path data;
  private Path store;
  private Path saved;
  private int segments;

  /** The cost of a run. */
  private record Cost(double seconds, double cpuSeconds) {}

  @Test
  void print() throws IOException {
    create();
    for (int tasks = 1; tasks <= 2; tasks++) {
      costs.clear();
      if (!ONLY.equals("prepare")) {
        measureScoring(tasks);
        print(tasks, "score of a store", "predict", "score");
        print(tasks, "score of Parquet", "predict", "parquet");
        print(tasks, "transform, features in Parquet", "predict", "references");
        print(tasks, "transform, features in rows", "predict", "rows");
        print(tasks, "transform, features in rows and kept", "predict", "kept");
      }
      if (!ONLY.equals("score")) {
        measurePreparation(tasks);
        print(tasks, "prepare of .csd files", "prepare", "shards");
      }
    }
    assertThat(segments).isPositive();
  }

  private void create() {
    data = folder.resolve("data");
    store = folder.resolve("one.store");
    saved = folder.resolve("model");
    SyntheticMosei.builder().videos(VIDEOS).seed(7).build().write(data);
    Preparation.builder(CsdFolder.find(data)).build().run(store);
    try (SegmentStore open = SegmentStore.open(store);
        MultimodalModel model =
            MultimodalModel.builder()
                .inputs(open.widths())
                .fusion(Fusion.additive(2))
                .backend("native")
                .build()) {
      model.save(saved, Provenance.UNKNOWN);
      segments = open.allSegments().size();
    }
    System.out.printf(Locale.ROOT, "%d segments, %d rounds%n", segments, ROUNDS);
  }

  private void measureScoring(int tasks) throws IOException {
    Path columns = folder.resolve("columns.parquet");
    try (SegmentStore open = SegmentStore.open(store);
        Cluster cluster = cluster(tasks);
        MultimodalModel model = MultimodalModel.load(saved, "native", tasks)) {
      SparkSession session = SparkSession.active();
      session.conf().set("spark.sql.parquet.columnarReaderBatchSize", 4);
      cluster.prepareParquet(factory(), columns);
      for (int round = 0; round <= ROUNDS; round++) {
        run(
            round,
            "predict",
            () -> write(PredictionsJson.lines(model.predict(open.allSegments()))));
        run(round, "score", () -> score(cluster, new ScoreData.Store(store)));
        run(
            round,
            "parquet",
            () -> score(cluster, new ScoreData.Parquet(columns, PrepareOptions.DEFAULT)));
        run(
            round,
            "references",
            () ->
                transform(
                    model().setFeaturesCol("features"),
                    SegmentFiles.read(session, columns.toString(), "features"),
                    PREDICTIONS));
        run(
            round,
            "rows",
            () -> transform(model(), session.read().parquet(columns.toString()), PREDICTIONS));
        run(
            round,
            "kept",
            () -> transform(model(), session.read().parquet(columns.toString()), "*"));
      }
    }
  }

  private void measurePreparation(int tasks) throws IOException {
    Path merged = folder.resolve("merged.store");
    try (Cluster cluster = cluster(tasks)) {
      for (int round = 0; round <= ROUNDS; round++) {
        run(
            round,
            "prepare",
            () ->
                Preparation.builder(CsdFolder.find(data))
                    .threads(tasks)
                    .build()
                    .run(folder.resolve("again.store")));
        run(
            round,
            "shards",
            () -> cluster.prepare(factory(), OutputFile.of(merged, SegmentStore.MARK)));
      }
    }
    assertThat(Files.mismatch(merged, store)).isEqualTo(-1);
  }

  private PreparationFactory factory() {
    String source = data.toString();
    return () -> Preparation.builder(CsdFolder.find(Path.of(source))).build();
  }

  private void write(String lines) {
    try {
      Files.writeString(folder.resolve("predicted.jsonl"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void score(Cluster cluster, ScoreData from) {
    cluster.score(
        new ScoreJob(saved, from, folder.resolve("scored"), ScoreJob.Format.JSONL, null, "native"));
  }

  private EmotionClassificationModel model() {
    return EmotionClassificationModel.of(saved)
        .setBackend("native")
        .setContributionsCol("contributions");
  }

  private static void transform(
      EmotionClassificationModel model, Dataset<Row> rows, String... columns) {
    Dataset<Row> scored = model.transform(rows).selectExpr(columns);
    scored.write().format("noop").mode("overwrite").save();
  }

  private void run(int round, String what, Runnable work) {
    System.gc();
    double cpu = cpuSeconds();
    long began = System.nanoTime();
    work.run();
    Cost cost = new Cost((System.nanoTime() - began) / 1e9, cpuSeconds() - cpu);
    if (round > 0) {
      costs.computeIfAbsent(what, unseen -> new ArrayList<>()).add(cost);
    }
  }

  private void print(int tasks, String what, String plain, String spark) {
    double[] one = medians(plain);
    double[] other = medians(spark);
    System.out.printf(
        Locale.ROOT,
        "%d task%s, %s: one process %.2f s, processor %.2f s; Spark %.2f s (%+.0f %%), processor"
            + " %.2f s (%+.0f %%)%n",
        tasks,
        tasks == 1 ? "" : "s",
        what,
        one[0],
        one[1],
        other[0],
        100 * (other[0] / one[0] - 1),
        other[1],
        100 * (other[1] / one[1] - 1));
  }

  /** Returns the medians of seconds and of processor seconds. */
  private double[] medians(String what) {
    List<Cost> all = costs.get(what);
    double[] seconds = all.stream().mapToDouble(Cost::seconds).sorted().toArray();
    double[] cpu = all.stream().mapToDouble(Cost::cpuSeconds).sorted().toArray();
    return new double[] {seconds[seconds.length / 2], cpu[cpu.length / 2]};
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static Cluster cluster(int tasks) {
    return new SparkClusterProvider().connect("local[" + tasks + "]");
  }
}
