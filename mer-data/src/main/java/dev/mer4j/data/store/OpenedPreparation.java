package dev.mer4j.data.store;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.coverage.CoverageScan;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;
import java.util.List;

/** The open files of a preparation, their splits, and the counts of the videos prepared so far. */
final class OpenedPreparation implements AutoCloseable {
  private final FeatureSource data;
  private final PrepareOptions options;
  private final List<VideoPreparer> preparers;
  private final Folds folds;
  private final PreparationCounts counts;

  /**
   * Checks the folds.
   *
   * @param preparers at least one, which this object closes, also after an exception
   * @throws dev.mer4j.MerException if an id of a fold matches several videos, or a split has no
   *     video
   */
  OpenedPreparation(
      FeatureSource data, PrepareOptions options, Folds folds, List<VideoPreparer> preparers) {
    this.data = data;
    this.options = options;
    this.preparers = List.copyOf(preparers);
    try {
      VideoPreparer first = preparers.get(0);
      this.folds = folds.matchedTo(first.videos());
      CoverageScan coverage = new CoverageScan(data, first.reader(), this.folds);
      coverage.checkFolds();
      counts = new PreparationCounts(first.widths(), data.emotions(), coverage);
    } catch (RuntimeException e) {
      closeAll(preparers, e);
      throw e;
    }
  }

  /** Closes preparers after a failure, to which failures of closing are added. */
  static void closeAll(List<VideoPreparer> preparers, RuntimeException failure) {
    for (VideoPreparer preparer : preparers) {
      try {
        preparer.close();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Returns the preparers, one for each thread. */
  List<VideoPreparer> preparers() {
    return preparers;
  }

  /** Returns the names of the videos, in the order of the store. */
  List<String> videos() {
    return List.copyOf(preparers.get(0).videos());
  }

  /** Returns D of each modality. */
  PerModality<Integer> widths() {
    return preparers.get(0).widths();
  }

  /** Returns the labels of the data set, in order. */
  List<Emotion> labels() {
    return data.emotions();
  }

  ShardFormat shardFormat() {
    return ShardFormat.of(data);
  }

  /** Counts a video, in the order of {@link #videos}, and returns its split. */
  Split add(String video, List<SegmentInfo> segments, VideoStatistics statistics) {
    Split split = folds.of(video);
    counts.add(video, segments, statistics, split);
    return split;
  }

  /** Throws if no segment was counted, or if a split or a modality has none. */
  void check() {
    counts.check(data);
  }

  Coverage coverage() {
    return counts.coverage();
  }

  /** Returns the description of a store of the videos counted so far. */
  StoreInfo info(List<StoreInfo.Source> sources) {
    return counts.info(options, sources);
  }

  /** Closes all files, also after one of them cannot be closed. */
  @Override
  public void close() {
    for (int p = 0; p < preparers.size(); p++) {
      try {
        preparers.get(p).close();
      } catch (RuntimeException e) {
        closeAll(preparers.subList(p + 1, preparers.size()), e);
        throw e;
      }
    }
  }
}
