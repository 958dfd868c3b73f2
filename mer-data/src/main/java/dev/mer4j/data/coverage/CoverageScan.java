package dev.mer4j.data.coverage;

import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.segment.SkippedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts, video by video, what is in segments and what is not. */
public final class CoverageScan {
  private final CsdFolder data;
  private final List<ModalityCoverage> modalities;
  private final FoldCoverage folds;
  private final Map<String, OmissionCounts> faults = new LinkedHashMap<>();
  private final OmissionCounts unlabelled = new OmissionCounts();
  private final OmissionCounts emptyIntervals = new OmissionCounts();
  private final OmissionCounts incomplete = new OmissionCounts();

  /**
   * Starts without a video.
   *
   * @param reader of the files
   * @param folds whose ids are written as the videos' names are
   */
  public CoverageScan(CsdFolder data, SegmentReader reader, Folds folds) {
    this.data = data;
    modalities = ModalityCoverage.of(data, reader);
    this.folds = new FoldCoverage(data.labels().getFileName().toString(), reader.videos(), folds);
  }

  /**
   * Raises an error if it is clear before any video is read that the files cannot be prepared.
   *
   * @throws MerException if a split has no labelled video
   */
  public void checkFolds() {
    new Coverage(folds.splitsWithoutVideos(), List.of()).check();
  }

  /**
   * Adds a video.
   *
   * @param segments which modalities each of its segments has
   * @param left names of segments that were left out because they lack a modality
   * @param found entries and rows that cannot be used
   * @param leftOut what is in no segment
   */
  public void add(
      String video,
      List<? extends Collection<Modality>> segments,
      List<String> left,
      List<EntryFault> found,
      List<SkippedItem> leftOut) {
    for (ModalityCoverage each : modalities) {
      each.add(segments, found, leftOut);
    }
    @Nullable String loss = left.isEmpty() ? null : "segment " + left.get(0) + " lacks a modality";
    for (SkippedItem each : leftOut) {
      if (each.kind() == SkippedItem.Kind.NO_LABEL) {
        unlabelled.add(each.name(), each.problem());
      } else if (each.kind() == SkippedItem.Kind.EMPTY_INTERVAL) {
        emptyIntervals.add(each.name(), each.problem());
      }
      loss = loss == null ? each.problem() : loss;
    }
    for (EntryFault fault : found) {
      faults
          .computeIfAbsent(kind(fault), unseen -> new OmissionCounts())
          .add(fault.video(), fault.file() + ": " + fault.problem());
      loss = loss == null ? fault.problem() : loss;
    }
    left.forEach(name -> incomplete.add(name, ""));
    folds.add(video, segments.size(), segments.isEmpty() ? loss : null);
  }

  /** The file and the problem, without names and numbers. */
  private static String kind(EntryFault fault) {
    return fault.file() + fault.problem().replaceAll("'[^']*'|[-+\\d.,eE]+", "#");
  }

  /** Returns what was counted. */
  public Coverage result() {
    List<String> problems =
        new ArrayList<>(
            modalities.stream().map(ModalityCoverage::problem).filter(Objects::nonNull).toList());
    problems.addAll(folds.problems());
    return new Coverage(problems, omissions());
  }

  private List<Omission> omissions() {
    List<Omission> omissions = new ArrayList<>();
    for (SkippedFile file : data.skipped()) {
      String name = file.file().getFileName().toString();
      omissions.add(
          OmissionCounts.of(List.of(name))
              .omission(
                  Omission.Kind.FILE,
                  String.format(Locale.ROOT, "file not taken: %s: %s", name, file.reason())));
    }
    Arrays.stream(Modality.values())
        .filter(modality -> !data.features().has(modality))
        .map(Modality::key)
        .forEach(
            name ->
                omissions.add(
                    OmissionCounts.of(List.of(name))
                        .omission(
                            Omission.Kind.MODALITY, "There is no file of " + name + " features.")));
    faults
        .values()
        .forEach(
            tally ->
                omissions.add(
                    tally.omission(
                        Omission.Kind.ENTRY,
                        "entries that cannot be used: %s, the first in " + tally.first())));
    if (!unlabelled.isEmpty()) {
      omissions.add(
          unlabelled.omission(
              Omission.Kind.LABEL, "labels: segments without one, as it is NaN or infinite: %s"));
    }
    if (!emptyIntervals.isEmpty()) {
      omissions.add(
          emptyIntervals.omission(
              Omission.Kind.EMPTY_INTERVAL, "labels: rows that last less than 1e-5 s: %s"));
    }
    modalities.forEach(modality -> omissions.addAll(modality.omissions()));
    if (!incomplete.isEmpty()) {
      omissions.add(
          incomplete.omission(
              Omission.Kind.INCOMPLETE_SEGMENT,
              "segments left out because they lack a modality: %s"));
    }
    omissions.addAll(folds.omissions());
    return omissions;
  }
}
