package dev.mer4j.data.coverage;

import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.SkippedItem;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.SourceReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts, video by video, which data are in segments and which are not. */
public final class CoverageScan {
  private final FeatureSource data;
  private final List<ModalityCoverage> modalities;
  private final FoldCoverage folds;
  private final Map<String, OmissionCounts> faults = new LinkedHashMap<>();
  private final OmissionCounts unlabeled = new OmissionCounts();
  private final OmissionCounts emptyIntervals = new OmissionCounts();
  private final OmissionCounts incomplete = new OmissionCounts();

  /**
   * Creates a scan of no videos.
   *
   * @param reader the reader of the files
   * @param folds the folds with ids that match the videos' names
   */
  public CoverageScan(FeatureSource data, SourceReader reader, Folds folds) {
    this.data = data;
    modalities = ModalityCoverage.of(data, reader);
    this.folds = new FoldCoverage(data.labels().getFileName().toString(), reader.videos(), folds);
  }

  /**
   * Checks the folds before any video is read.
   *
   * @throws MerException if a split has no labeled video
   */
  public void checkFolds() {
    new Coverage(folds.splitsWithoutVideos(), List.of()).check();
  }

  /**
   * Adds a video.
   *
   * @param segments the modalities of each of its segments
   * @param dropped the names of segments dropped because they lack a modality
   * @param found the entries and rows that cannot be used
   * @param skipped the readable items that are in no segment
   */
  public void add(
      String video,
      List<? extends Collection<Modality>> segments,
      List<String> dropped,
      List<EntryFault> found,
      List<SkippedItem> skipped) {
    for (ModalityCoverage each : modalities) {
      each.add(segments, found, skipped);
    }
    @Nullable String loss =
        dropped.isEmpty() ? null : "segment " + dropped.get(0) + " lacks a modality";
    for (SkippedItem each : skipped) {
      if (each.kind() == SkippedItem.Kind.NO_LABEL) {
        unlabeled.add(each.name(), each.problem());
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
    dropped.forEach(name -> incomplete.add(name, ""));
    folds.add(video, segments.size(), segments.isEmpty() ? loss : null);
  }

  /** Returns the file and the problem, without names and numbers. */
  private static String kind(EntryFault fault) {
    return fault.file() + fault.problem().replaceAll("'[^']*'|[-+\\d.,eE]+", "#");
  }

  /** Returns the coverage of the videos added. */
  public Coverage result() {
    List<String> problems =
        new ArrayList<>(
            modalities.stream().map(ModalityCoverage::problem).filter(Objects::nonNull).toList());
    problems.addAll(folds.problems());
    return new Coverage(problems, omissions());
  }

  /** Returns the modalities of CMU-MOSEI that its data lacks; none for other data. */
  private List<String> absentModalities() {
    boolean mosei =
        data.emotions().equals(Emotion.MOSEI)
            && Modality.MOSEI.containsAll(data.features().modalities());
    return mosei
        ? Modality.MOSEI.stream()
            .filter(modality -> !data.features().has(modality))
            .filter(modality -> !data.omitted().contains(modality))
            .map(Modality::key)
            .toList()
        : List.of();
  }

  private List<Omission> omissions() {
    List<Omission> omissions = new ArrayList<>();
    for (SkippedFile file : data.skipped()) {
      String name = file.file().getFileName().toString();
      omissions.add(
          OmissionCounts.of(List.of(name))
              .omission(
                  Omission.Kind.FILE,
                  String.format(Locale.ROOT, "skipped file: %s: %s", name, file.reason())));
    }
    for (SourceNote note : data.notes()) {
      omissions.add(
          new Omission(Omission.Kind.SOURCE, note.names().size(), note.names(), note.text()));
    }
    if (!data.omitted().isEmpty()) {
      omissions.add(
          OmissionCounts.of(data.omitted().stream().map(Modality::key).toList())
              .omission(Omission.Kind.MODALITY, "modalities left out by --modalities: %s"));
    }
    absentModalities()
        .forEach(
            name ->
                omissions.add(
                    OmissionCounts.of(List.of(name))
                        .omission(
                            Omission.Kind.MODALITY, "No file of " + name + " features exists.")));
    faults
        .values()
        .forEach(
            counts ->
                omissions.add(
                    counts.omission(
                        Omission.Kind.ENTRY,
                        "entries that cannot be used: %s, the first in " + counts.first())));
    if (!unlabeled.isEmpty()) {
      omissions.add(
          unlabeled.omission(
              Omission.Kind.LABEL, "labels: segments with NaN or infinite labels: %s"));
    }
    if (!emptyIntervals.isEmpty()) {
      omissions.add(
          emptyIntervals.omission(
              Omission.Kind.EMPTY_INTERVAL, "labels: rows shorter than 1e-5 s: %s"));
    }
    modalities.forEach(modality -> omissions.addAll(modality.omissions()));
    if (!incomplete.isEmpty()) {
      omissions.add(
          incomplete.omission(
              Omission.Kind.INCOMPLETE_SEGMENT,
              "segments omitted because they lack a modality: %s"));
    }
    omissions.addAll(folds.omissions());
    return omissions;
  }
}
