package dev.mer4j.train.cluster;

import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.StoreInfo;
import dev.mer4j.file.OutputFile;
import dev.mer4j.train.sweep.TrialExecutor;
import dev.mer4j.train.sweep.TrialRunner;
import java.nio.file.Path;

/** A connection to a cluster. Files are on a file system that all of its machines share. */
public interface Cluster extends AutoCloseable {
  /**
   * Predicts segments.
   *
   * @throws dev.mer4j.MerException if the data do not fit the model, or the output would replace
   *     files that this program did not write
   */
  ScoreResult score(ScoreJob job);

  /**
   * Prepares data in tasks of several videos and writes the store that one process would write.
   *
   * @param output the output with {@link dev.mer4j.data.store.SegmentStore#MARK}
   * @return the description of the store
   * @throws dev.mer4j.MerException as {@link dev.mer4j.data.store.Preparation#run(OutputFile)}
   */
  StoreInfo prepare(PreparationFactory data, OutputFile output);

  /**
   * Prepares data in tasks of several videos and writes a folder of Parquet files, with the
   * description of the store that one process would write.
   *
   * @return the description
   * @throws dev.mer4j.MerException as {@link dev.mer4j.data.store.Preparation#run(OutputFile)}, or
   *     if the output would replace files that this program did not write
   */
  StoreInfo prepareParquet(PreparationFactory data, Path output);

  /**
   * Returns an executor that runs each trial in a task.
   *
   * @param driver computes the fingerprints, in this process
   * @param runner trains, on the cluster
   */
  TrialExecutor trials(TrialExecutor driver, TrialRunner runner);

  /** Disconnects. */
  @Override
  void close();
}
