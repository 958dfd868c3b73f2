package dev.mer4j.train.checkpoint;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.file.FolderLock;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder with the newest checkpoints of one run, in files named by epoch and step. */
public final class CheckpointFolder {
  /** The default number of checkpoints to keep: the newest, and two in case it is corrupt. */
  public static final int KEPT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final Pattern NAME =
      Pattern.compile("epoch-(\\d{1,9})(?:-step-(\\d{1,9}))?\\.checkpoint");
  private static final Pattern HALF_WRITTEN =
      Pattern.compile("\\.epoch-.*\\.checkpoint\\..*\\.part");

  private final Path folder;
  private final int kept;

  /** Creates a folder that keeps {@link #KEPT} checkpoints. */
  public CheckpointFolder(Path folder) {
    this(folder, KEPT);
  }

  /**
   * Creates a folder that keeps the newest checkpoints.
   *
   * @param kept the number of checkpoints to keep, at least 1
   */
  public CheckpointFolder(Path folder, int kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * A checkpoint and its file.
   *
   * @param file the file that it was read from
   */
  public record Saved(Path file, Checkpoint checkpoint) {
    /**
     * Checks that a run may continue from this checkpoint.
     *
     * @throws ConfigException if the checkpoint is of another run; the message lists the
     *     differences
     */
    public void requireSameRun(Fingerprint now) {
      checkpoint.fingerprint().requireSame(file, now);
    }
  }

  /**
   * Runs an action while holding this folder's lock.
   *
   * @throws FileException if another run, in this process or another one, holds the lock
   */
  public <T> T withLock(Supplier<T> work) {
    FolderLock lock = FolderLock.acquire(folder);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  /**
   * Checks that the folder has no checkpoints, so that a new run does not mix with an old one.
   *
   * @throws ConfigException if there is a checkpoint, intact or not
   */
  public void requireEmpty() {
    List<Path> files = files();
    if (!files.isEmpty()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "%s already holds a run: resume it, delete it, or use another folder",
              files.get(0)));
    }
  }

  /**
   * Saves a checkpoint and deletes the oldest. Newer ones, from which the run could not continue,
   * remain.
   *
   * @throws FileException if it cannot be written; the message names the checkpoint to resume from,
   *     because older ones are unchanged
   */
  public Path save(Checkpoint checkpoint) {
    Path file = folder.resolve(name(checkpoint));
    try {
      CheckpointFile.write(file, checkpoint);
    } catch (FileException e) {
      throw new FileException(file, reason(e) + "; " + whatIsLeft(), e);
    }
    List<Path> files = files();
    // The run could not continue from newer ones, so they do not count.
    files.stream().skip(files.indexOf(file) + (long) kept).forEach(CheckpointFolder::delete);
    return file;
  }

  private static String name(Checkpoint checkpoint) {
    String step =
        checkpoint.step() == 0 ? "" : String.format(Locale.ROOT, "-step-%05d", checkpoint.step());
    return String.format(Locale.ROOT, "epoch-%05d%s.checkpoint", checkpoint.epoch(), step);
  }

  private static String reason(FileException e) {
    return String.valueOf(e.getMessage()).replace(e.file() + ": ", "");
  }

  private String whatIsLeft() {
    List<Path> whole = files();
    return whole.isEmpty()
        ? "there is no older checkpoint; free disk space and start again"
        : "free disk space and resume from " + whole.get(0).getFileName();
  }

  /** Returns the folder. */
  public Path path() {
    return folder;
  }

  /**
   * Returns the newest intact checkpoint, or empty if the folder has no checkpoint.
   *
   * @param check throws a {@link FileException} if a run cannot be resumed from a checkpoint
   * @param damaged receives every newer file that is ignored, and the reason
   * @throws MerException if there are checkpoints but none is intact
   */
  public Optional<Saved> newest(Consumer<Saved> check, BiConsumer<Path, String> damaged) {
    matching(HALF_WRITTEN).forEach(CheckpointFolder::delete);
    List<String> problems = new ArrayList<>();
    for (Path file : files()) {
      try {
        Saved saved = new Saved(file, CheckpointFile.read(file));
        check.accept(saved);
        return Optional.of(saved);
      } catch (FileException e) {
        LOG.warn("{}; trying the previous checkpoint", e.getMessage());
        damaged.accept(file, e.getMessage());
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "no checkpoint is intact: %s; delete them to start again",
              String.join("; ", problems)));
    }
    return Optional.empty();
  }

  /**
   * Returns the checkpoint files, newest first.
   *
   * @throws FileException if the folder cannot be read
   */
  public List<Path> files() {
    return matching(NAME).stream()
        .sorted(
            Comparator.<Path>comparingInt(file -> number(file, 1))
                .thenComparingInt(file -> number(file, 2))
                .reversed())
        .toList();
  }

  private List<Path> matching(Pattern name) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException e) {
      throw new FileException(folder, "cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Returns the epoch (group 1) or the step (group 2) in a file name, or 0. */
  private static int number(Path file, int group) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    String digits = name.matches() ? name.group(group) : null;
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{}: obsolete checkpoint cannot be deleted: {}", file, e.getMessage());
    }
  }
}
