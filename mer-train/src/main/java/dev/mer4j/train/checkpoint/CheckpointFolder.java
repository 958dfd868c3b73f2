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

/** The newest checkpoints of one run, in files named after epochs and steps. */
public final class CheckpointFolder {
  /** How many checkpoints stay unless told: one to go on from, and two in case it is damaged. */
  public static final int KEPT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final Pattern NAME =
      Pattern.compile("epoch-(\\d{1,9})(?:-step-(\\d{1,9}))?\\.checkpoint");
  private static final Pattern HALF_WRITTEN =
      Pattern.compile("\\.epoch-.*\\.checkpoint\\..*\\.part");

  private final Path folder;
  private final int kept;

  /** Keeps {@link #KEPT} checkpoints. */
  public CheckpointFolder(Path folder) {
    this(folder, KEPT);
  }

  /**
   * Keeps the newest checkpoints.
   *
   * @param kept how many, at least 1
   */
  public CheckpointFolder(Path folder, int kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * A checkpoint and where it lies.
   *
   * @param file it was read from
   */
  public record Saved(Path file, Checkpoint checkpoint) {
    /**
     * Makes sure that a run may go on from here.
     *
     * @throws ConfigException if it is not the run that was saved; it lists what differs
     */
    public void requireSameRun(Fingerprint now) {
      checkpoint.fingerprint().requireSame(file, now);
    }
  }

  /**
   * Does something while no other run has this folder.
   *
   * @throws FileException if one has it already, in this process or another one
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
   * Makes sure that a new run does not mix its checkpoints with those of an old one.
   *
   * @throws ConfigException if there is a checkpoint, whole or not
   */
  public void requireEmpty() {
    List<Path> files = files();
    if (!files.isEmpty()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "%s holds a run already: resume it, delete it, or use another folder",
              files.get(0)));
    }
  }

  /**
   * Saves a checkpoint and deletes all but the newest.
   *
   * @throws FileException if it cannot be written; it names the checkpoint to go on from, because
   *     the older ones stay as they are
   */
  public Path save(Checkpoint checkpoint) {
    Path file = folder.resolve(name(checkpoint));
    try {
      CheckpointFile.write(file, checkpoint);
    } catch (FileException e) {
      throw new FileException(file, reason(e) + "; " + whatIsLeft(), e);
    }
    files().stream().skip(kept).forEach(CheckpointFolder::delete);
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
        ? "there is no older checkpoint; make room and start again"
        : "make room and resume from " + whole.get(0).getFileName();
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /**
   * Returns the newest checkpoint that is whole; nothing if the folder holds none at all.
   *
   * @param check raises a {@link FileException} if a checkpoint cannot be resumed from
   * @param damaged is told of every newer file that is left aside, and why
   * @throws MerException if there are checkpoints and none of them is whole
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
        LOG.warn("{}; trying the checkpoint before it", e.getMessage());
        damaged.accept(file, e.getMessage());
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "no checkpoint can be read: %s; delete them to start again",
              String.join("; ", problems)));
    }
    return Optional.empty();
  }

  /**
   * Returns the checkpoints' files, the newest first.
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

  /** The epoch, group 1, or the step, group 2, in a name; 0 where it has none. */
  private static int number(Path file, int group) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    String digits = name.matches() ? name.group(group) : null;
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{}: what is no longer needed cannot be deleted: {}", file, e.getMessage());
    }
  }
}
