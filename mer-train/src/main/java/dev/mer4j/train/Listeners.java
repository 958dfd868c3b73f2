package dev.mer4j.train;

import dev.mer4j.data.SegmentId;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.nio.file.Path;
import java.util.List;

/** Notifies several listeners in order. */
record Listeners(List<TrainingListener> all) implements TrainingListener {
  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public boolean needsGradientNorms() {
    return all.stream().anyMatch(TrainingListener::needsGradientNorms);
  }

  @Override
  public void started(int epochs, History before) {
    all.forEach(listener -> listener.started(epochs, before));
  }

  @Override
  public void nothingToResume(Path folder) {
    all.forEach(listener -> listener.nothingToResume(folder));
  }

  @Override
  public void checkpointIgnored(Path file, String problem) {
    all.forEach(listener -> listener.checkpointIgnored(file, problem));
  }

  @Override
  public void resumed(Path file, int epoch, int step) {
    all.forEach(listener -> listener.resumed(file, epoch, step));
  }

  @Override
  public void featuresPlaced(String where) {
    all.forEach(listener -> listener.featuresPlaced(where));
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    all.forEach(listener -> listener.epochStarted(epoch, steps));
  }

  @Override
  public void stepFinished(StepRecord step) {
    all.forEach(listener -> listener.stepFinished(step));
  }

  @Override
  public void stepSkipped(StepRecord step, List<SegmentId> segments) {
    all.forEach(listener -> listener.stepSkipped(step, segments));
  }

  @Override
  public void epochFinished(EpochRecord epoch, boolean best) {
    all.forEach(listener -> listener.epochFinished(epoch, best));
  }

  @Override
  public void checkpointSaved(Path file) {
    all.forEach(listener -> listener.checkpointSaved(file));
  }

  @Override
  public void finished(TrainingRun run) {
    all.forEach(listener -> listener.finished(run));
  }
}
