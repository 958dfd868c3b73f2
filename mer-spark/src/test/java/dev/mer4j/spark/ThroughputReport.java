package dev.mer4j.spark;

import com.sun.management.OperatingSystemMXBean;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Prints the throughput of scoring and preparation on Spark beside that of one process with as many
 * threads: medians of alternating runs. Arguments: a folder, the number of videos to write there,
 * and the number of tasks.
 */
public final class ThroughputReport {
  private static final int RUNS = 3;

  private ThroughputReport() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path data = folder.resolve("data");
    if (!Files.exists(data)) {
      SyntheticMosei.builder().videos(Integer.parseInt(args[1])).seed(7).build().write(data);
    }
    Path store = folder.resolve("report.store");
    Preparation.builder(CsdFolder.find(data)).build().run(store);
    Path saved = folder.resolve("model");
    try (SegmentStore open = SegmentStore.open(store);
        MultimodalModel model =
            MultimodalModel.builder()
                .inputs(open.widths())
                .fusion(Fusion.additive(2))
                .backend("native")
                .build()) {
      model.save(saved, Provenance.UNKNOWN);
    }
    report(Integer.parseInt(args[2]), data, store, saved);
  }

  private static void report(int tasks, Path data, Path store, Path saved) throws IOException {
    Path one = store.resolveSibling("one.store");
    OutputFile merged = OutputFile.of(store.resolveSibling("merged.store"), SegmentStore.MARK);
    String source = data.toString();
    PreparationFactory factory = () -> Preparation.builder(CsdFolder.find(Path.of(source))).build();
    try (SegmentStore open = SegmentStore.open(store);
        SparkSession session = session(tasks);
        MultimodalModel model = MultimodalModel.load(saved, "native", tasks)) {
      SegmentSet segments = open.allSegments();
      EmotionClassificationModel spark = EmotionClassificationModel.of(saved).setBackend("native");
      OutputColumns outputs = new OutputColumns("probability", "", "", "");
      Map<String, List<Cost>> costs = new TreeMap<>();
      for (int run = 0; run <= RUNS; run++) {
        boolean warm = run > 0;
        measure(warm, costs, "score, one process", () -> model.predict(segments));
        measure(
            warm,
            costs,
            "score, Spark",
            () ->
                StoreScoring.of(session, store, spark, true, outputs)
                    .write()
                    .format("noop")
                    .mode("overwrite")
                    .save());
        measure(
            warm,
            costs,
            "prepare, one process",
            () -> Preparation.builder(CsdFolder.find(data)).threads(tasks).build().run(one));
        measure(
            warm,
            costs,
            "prepare, Spark",
            () -> new SparkCluster(session).prepare(factory, merged));
      }
      costs.forEach((what, all) -> print(tasks, what, all, segments.size()));
    }
  }

  /** The cost of a run. */
  private record Cost(double seconds, double cpuSeconds) {}

  private static void measure(
      boolean warm, Map<String, List<Cost>> costs, String what, Runnable work) {
    double cpu = cpuSeconds();
    long began = System.nanoTime();
    work.run();
    Cost cost = new Cost((System.nanoTime() - began) / 1e9, cpuSeconds() - cpu);
    if (warm) {
      costs.computeIfAbsent(what, unseen -> new ArrayList<>()).add(cost);
    }
  }

  private static void print(int tasks, String what, List<Cost> costs, int segments) {
    double[] seconds = costs.stream().mapToDouble(Cost::seconds).sorted().toArray();
    double[] cpu = costs.stream().mapToDouble(Cost::cpuSeconds).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%d tasks, %s: median %.2f s (%.2f to %.2f), %.0f segments/s; processor %.2f s (%.2f to %.2f),"
            + " %.3f ms per segment%n",
        tasks,
        what,
        seconds[RUNS / 2],
        seconds[0],
        seconds[RUNS - 1],
        segments / seconds[RUNS / 2],
        cpu[RUNS / 2],
        cpu[0],
        cpu[RUNS - 1],
        1000 * cpu[RUNS / 2] / segments);
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static SparkSession session(int tasks) {
    return SparkSession.builder()
        .master("local[" + tasks + "]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate();
  }
}
