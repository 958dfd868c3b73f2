package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills training processes at random moments and resumes them until they finish. The result must
 * equal that of an uninterrupted run bit for bit.
 */
class KillTest {
  private static final int FEW_EPOCHS = 40;
  private static final int EPOCHS = 100;

  /** Eight checkpoints per second, so that most kills are within an epoch. */
  private static final String MINUTES = "0.002";

  private static final String BEST = best();

  @TempDir Path folder;

  private static String best() {
    try (MultimodalModel model = Toys.builder(LabelSet.MULTI_LABEL).build()) {
      return model.backend();
    }
  }

  /** A few kills in every build. */
  @Test
  void survivesAFewKills() throws Exception {
    assertThat(killsUntilDone(1, FEW_EPOCHS, 2)).isEqualTo(2);
  }

  /** {@code mvn -Pkill verify -pl mer-train -am}. */
  @Test
  @Tag("kill")
  void survivesFiftyKills() throws Exception {
    int kills = 0;
    for (int run = 2; kills < 50; run++) {
      kills += killsUntilDone(run, EPOCHS, 50 - kills);
    }
    assertThat(kills).isEqualTo(50);
  }

  /**
   * Simulates a full disk: the files of one process are limited to less than a checkpoint. The
   * backend writes no files itself.
   */
  @Test
  @Tag("kill")
  void keepsTheLastGoodCheckpointWhenFilesCannotGrow() throws Exception {
    Path whole = Files.createDirectories(folder.resolve("whole"));
    String expected = KillableRun.outcome(whole, KillableRun.config(9, EPOCHS), "native");
    Path run = Files.createDirectories(folder.resolve("run"));
    CheckpointFolder checkpoints = new CheckpointFolder(run.resolve("checkpoints"));
    Process first = start(run, 9, EPOCHS, "native", "");
    while (first.isAlive() && checkpoints.files().isEmpty()) {
      first.waitFor(2, TimeUnit.MILLISECONDS);
    }
    first.destroyForcibly().waitFor();
    List<Path> good = checkpoints.files();

    Process full = start(run, 9, EPOCHS, "native", "ulimit -f 40; ");

    assertThat(status(full)).as(log(run)).isEqualTo(1);
    assertThat(log(run))
        .contains("cannot be written: File too large")
        .contains("free disk space and resume from " + good.get(0).getFileName());
    assertThat(checkpoints.files()).isEqualTo(good);
    assertThat(status(start(run, 9, EPOCHS, "native", ""))).as(log(run)).isZero();
    assertThat(run.resolve(KillableRun.OUTCOME)).hasContent(expected);
  }

  /** Returns the number of kills, at most {@code limit}. */
  private int killsUntilDone(long seed, int epochs, int limit) throws Exception {
    Path whole = Files.createDirectories(folder.resolve("whole-" + seed));
    String expected = KillableRun.outcome(whole, KillableRun.config(seed, epochs), BEST);
    Path run = Files.createDirectories(folder.resolve("run-" + seed));
    SeedStream moments = new Seeds(seed).stream("kills");
    int kills = 0;
    while (!Files.exists(run.resolve(KillableRun.OUTCOME))) {
      Files.deleteIfExists(run.resolve(KillableRun.STARTED));
      Process process = start(run, seed, epochs, BEST, "");
      if (kills < limit && killAtRandom(process, run, moments)) {
        kills++;
      } else {
        assertThat(status(process)).as(log(run)).isZero();
      }
    }
    assertThat(run.resolve(KillableRun.OUTCOME)).hasContent(expected);
    return kills;
  }

  /**
   * Kills within the first 0.3 seconds of training; returns whether the process was still alive.
   */
  private static boolean killAtRandom(Process process, Path run, SeedStream moments)
      throws Exception {
    while (process.isAlive() && !Files.exists(run.resolve(KillableRun.STARTED))) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    boolean over = process.waitFor(moments.nextInt(300), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return !over;
  }

  private static Process start(Path run, long seed, int epochs, String backend, String limits)
      throws IOException {
    List<String> java = new ArrayList<>();
    Collections.addAll(java, "sh", "-c", limits + "exec \"$@\"", "sh");
    Collections.addAll(java, ProcessHandle.current().info().command().orElse("java"));
    Collections.addAll(java, "-Xmx256m", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-cp");
    Collections.addAll(java, System.getProperty("java.class.path"), KillableRun.class.getName());
    Collections.addAll(java, run.toString(), "" + seed, "" + epochs, MINUTES, backend);
    return new ProcessBuilder(java)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(run.resolve("log").toFile()))
        .start();
  }

  /** Returns the exit status, or that of a killed process after a timeout. */
  private static int status(Process process) throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  private static String log(Path run) throws IOException {
    return Files.readString(run.resolve("log"));
  }
}
