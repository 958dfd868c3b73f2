package dev.mer4j.train;

import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;

/** Keeps a {@code history.csv} up to date while a run is going on. */
public final class HistoryFile implements TrainingListener {
  private final Path file;
  private History history = History.EMPTY;

  public HistoryFile(Path file) {
    this.file = file;
  }

  @Override
  public void started(int epochs, History before) {
    history = before;
    history.writeCsv(file);
  }

  @Override
  public void epochFinished(EpochRecord epoch, boolean best) {
    history = history.with(epoch);
    history.writeCsv(file);
  }
}
