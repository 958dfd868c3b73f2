package dev.mer4j.train;

import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;

/** Records the events that a listener receives. */
record RecordingListener(List<String> told) implements TrainingListener {
  @Override
  public void started(int epochs, History before) {
    told.add("started " + epochs);
  }

  @Override
  public void nothingToResume(Path folder) {
    told.add("nothing to resume in " + folder.getFileName());
  }

  @Override
  public void checkpointIgnored(Path file, String problem) {
    told.add("left aside " + file.getFileName());
  }

  @Override
  public void resumed(Path file, int epoch, int step) {
    told.add("resumed " + file.getFileName() + " after epoch " + epoch + ", step " + step);
  }

  @Override
  public void featuresPlaced(String where) {
    told.add(where);
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    told.add("epoch " + epoch + " of " + steps + " steps");
  }

  @Override
  public void stepFinished(StepRecord step) {
    told.add("step " + step.step() + " of " + step.steps());
  }

  @Override
  public void epochFinished(EpochRecord epoch, boolean best) {
    told.add("finished epoch " + epoch.epoch());
  }

  @Override
  public void checkpointSaved(Path file) {
    told.add("saved " + file.getFileName());
  }

  @Override
  public void finished(TrainingRun run) {
    told.add("finished");
  }
}
