package dev.mer4j.train;

import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;

/** Records the events that a listener receives. */
record RecordingListener(List<String> events) implements TrainingListener {
  @Override
  public void started(int epochs, History before) {
    events.add("started " + epochs);
  }

  @Override
  public void nothingToResume(Path folder) {
    events.add("nothing to resume in " + folder.getFileName());
  }

  @Override
  public void checkpointIgnored(Path file, String problem) {
    events.add("ignored " + file.getFileName());
  }

  @Override
  public void resumed(Path file, int epoch, int step) {
    events.add("resumed " + file.getFileName() + " after epoch " + epoch + ", step " + step);
  }

  @Override
  public void featuresPlaced(String where) {
    events.add(where);
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    events.add("epoch " + epoch + " of " + steps + " steps");
  }

  @Override
  public void stepFinished(StepRecord step) {
    events.add("step " + step.step() + " of " + step.steps());
  }

  @Override
  public void epochFinished(EpochRecord epoch, boolean best) {
    events.add("finished epoch " + epoch.epoch());
  }

  @Override
  public void checkpointSaved(Path file) {
    events.add("saved " + file.getFileName());
  }

  @Override
  public void finished(TrainingRun run) {
    events.add("finished");
  }
}
