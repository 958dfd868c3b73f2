package dev.mer4j.train;

import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Writes a run's history to a file after every epoch. */
public final class HistoryFile implements TrainingListener {
  private final Path file;
  private final BiConsumer<History, Path> writer;
  private History history = History.EMPTY;

  private HistoryFile(Path file, BiConsumer<History, Path> writer) {
    this.file = file;
    this.writer = writer;
  }

  /** Returns a listener that writes with {@link History#writeCsv}. */
  public static HistoryFile csv(Path file) {
    return new HistoryFile(file, History::writeCsv);
  }

  /** Returns a listener that writes with {@link History#writeJsonLines}. */
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
