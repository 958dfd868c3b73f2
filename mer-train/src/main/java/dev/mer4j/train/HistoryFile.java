package dev.mer4j.train;

import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Keeps a file of a run's history up to date while the run is going on. */
public final class HistoryFile implements TrainingListener {
  private final Path file;
  private final BiConsumer<History, Path> writer;
  private History history = History.EMPTY;

  private HistoryFile(Path file, BiConsumer<History, Path> writer) {
    this.file = file;
    this.writer = writer;
  }

  /** As {@link History#writeCsv}. */
  public static HistoryFile csv(Path file) {
    return new HistoryFile(file, History::writeCsv);
  }

  /** As {@link History#writeJsonLines}. */
  public static HistoryFile jsonLines(Path file) {
    return new HistoryFile(file, History::writeJsonLines);
  }

  @Override
  public void started(int epochs, History before) {
    history = before;
    writer.accept(history, file);
  }

  @Override
  public void epochFinished(EpochRecord epoch, boolean best) {
    history = history.with(epoch);
    writer.accept(history, file);
  }
}
