package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
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
 * Kills training processes at random moments, and lets them go on, until they are done. What comes
 * out must be, in every bit, what comes out of a run that nobody touched.
 */
class KillTest {
  private static final int EPOCHS = 40;

  /** Half a dozen checkpoints a second, so that most kills hit the middle of an epoch. */
  private static final String MINUTES = "0.002";

  @TempDir Path folder;

  /** A few kills for every build. */
  @Test
  void survivesAFewKills() throws Exception {
    assertThat(killsUntilDone(1, 2)).isEqualTo(2);
  }

  /** {@code mvn -Pkill verify -pl mer-train -am}. */
  @Test
  @Tag("kill")
  void survivesFiftyKills() throws Exception {
    int kills = 0;
    for (int run = 2; kills < 50; run++) {
      kills += killsUntilDone(run, 50 - kills);
    }
    assertThat(kills).isEqualTo(50);
  }

  /**
   * The disk is full for one process, whose files may not grow beyond 8 KiB, and then no longer.
   */
  @Test
  void keepsTheLastGoodCheckpointWhenItsFilesCannotGrow() throws Exception {
    Path run = Files.createDirectories(folder.resolve("full"));
    assertThat(start(run, 9, "0", 2, "").waitFor()).isZero();
    Files.delete(run.resolve(KillableRun.OUTCOME));
    List<String> good = names(run.resolve("checkpoints"));

    assertThat(start(run, 9, "0", 2, "ulimit -f 8; ").waitFor()).as("nothing to write").isZero();
    assertThat(good).isNotEmpty();
  }

  /** Returns how often the run was killed: at most {@code limit} times. */
  private int killsUntilDone(long seed, int limit) throws Exception {
    Path whole = Files.createDirectories(folder.resolve("whole-" + seed));
    String expected = KillableRun.outcome(whole, KillableRun.config(seed, EPOCHS));
    Path run = Files.createDirectories(folder.resolve("run-" + seed));
    SeedStream moments = new Seeds(seed).stream("kills");
    int kills = 0;
    while (!Files.exists(run.resolve(KillableRun.OUTCOME))) {
      Files.deleteIfExists(run.resolve(KillableRun.STARTED));
      Process process = start(run, seed, MINUTES, EPOCHS, "");
      if (kills < limit && killAtRandom(process, run, moments)) {
        kills++;
      } else {
        assertThat(process.waitFor()).as(log(run)).isZero();
      }
    }
    assertThat(run.resolve(KillableRun.OUTCOME)).hasContent(expected);
    return kills;
  }

  /** Kills within a second and a half of training; tells whether the process was still alive. */
  private static boolean killAtRandom(Process process, Path run, SeedStream moments)
      throws Exception {
    while (process.isAlive() && !Files.exists(run.resolve(KillableRun.STARTED))) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    boolean over = process.waitFor(moments.nextInt(1500), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return !over;
  }

  private static Process start(Path run, long seed, String minutes, int epochs, String limits)
      throws IOException {
    List<String> java = new ArrayList<>();
    Collections.addAll(java, "sh", "-c", limits + "exec \"$@\"", "sh");
    Collections.addAll(java, ProcessHandle.current().info().command().orElse("java"));
    Collections.addAll(java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp");
    Collections.addAll(java, System.getProperty("java.class.path"), KillableRun.class.getName());
    Collections.addAll(
        java, run.toString(), Long.toString(seed), Integer.toString(epochs), minutes);
    return new ProcessBuilder(java)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(run.resolve("log").toFile()))
        .start();
  }

  private static String log(Path run) throws IOException {
    return Files.readString(run.resolve("log"));
  }
}
