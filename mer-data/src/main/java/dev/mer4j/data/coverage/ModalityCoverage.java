package dev.mer4j.data.coverage;

import dev.mer4j.data.Modality;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.SkippedItem;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Determines whether the features of a modality are in segments. */
final class ModalityCoverage {
  private final Modality modality;
  private final String file;
  private final Set<String> labeled;
  private final Set<String> videos;
  private final OmissionCounts outside = new OmissionCounts();
  private final RowCounts padding = new RowCounts();
  private final RowCounts zeroRows = new RowCounts();
  private final RowCounts failedRows = new RowCounts();
  private int segments;
  private @Nullable String firstFault;

  private ModalityCoverage(Modality modality, Path file, Set<String> labeled, Set<String> videos) {
    this.modality = modality;
    this.file = file.getFileName().toString();
    this.labeled = labeled;
    this.videos = videos;
  }

  static List<ModalityCoverage> of(FeatureSource data, SourceReader reader) {
    List<ModalityCoverage> all = new ArrayList<>();
    data.features()
        .forEach(
            (modality, file) ->
                all.add(
                    new ModalityCoverage(
                        modality, file, reader.videos(), reader.videos(modality))));
    return all;
  }

  /**
   * Adds a video.
   *
   * @param video the modalities of each of its segments
   */
  void add(
      List<? extends Collection<Modality>> video,
      List<EntryFault> faults,
      List<SkippedItem> leftOut) {
    for (Collection<Modality> segment : video) {
      segments += segment.contains(modality) ? 1 : 0;
    }
    for (EntryFault fault : faults) {
      if (firstFault == null && fault.file().equals(file)) {
        firstFault = fault.problem();
      }
    }
    for (SkippedItem each : leftOut) {
      if (modality.equals(each.modality())) {
        switch (each.kind()) {
          case PADDING_ROWS -> padding.add(each);
          case ZERO_ROWS -> zeroRows.add(each);
          case FAILED_ROWS -> failedRows.add(each);
          default -> outside.add(each.name(), each.problem());
        }
      }
    }
  }

  List<Omission> omissions() {
    List<Omission> omissions = new ArrayList<>();
    if (!outside.isEmpty()) {
      omissions.add(
          outside.omission(
              Omission.Kind.OUTSIDE_SEGMENTS,
              modality.key()
                  + ": videos whose rows are in no segment: %s, the first: "
                  + outside.first()));
    }
    padding.addTo(
        omissions,
        Omission.Kind.PADDING_ROWS,
        modality.key() + ": rows of padding, beyond the lengths that the file states");
    zeroRows.addTo(
        omissions,
        Omission.Kind.ZERO_ROWS,
        modality.key() + ": all-zero rows removed at the start or end of segments");
    failedRows.addTo(
        omissions,
        Omission.Kind.FAILED_ROWS,
        modality.key() + ": rows dropped because of their success or confidence");
    OmissionCounts unlabeled =
        OmissionCounts.of(
            videos.stream().filter(video -> !labeled.contains(video)).sorted().toList());
    if (!unlabeled.isEmpty()) {
      omissions.add(
          unlabeled.omission(
              Omission.Kind.UNLABELED_VIDEO, modality.key() + ": videos without labels: %s"));
    }
    return omissions;
  }

  /** Returns the reason why no segment has the modality; null if one has it. */
  @Nullable String problem() {
    return segments > 0
        ? null
        : String.format(
            Locale.ROOT, "no segment has %s, from %s: %s", modality.key(), file, cause());
  }

  private String cause() {
    if (videos.isEmpty()) {
      return "it has no rows of any segment";
    }
    if (videos.stream().noneMatch(labeled::contains)) {
      return "no labeled video has an entry in it: it has "
          + OmissionCounts.of(videos)
          + ", the labels have "
          + OmissionCounts.of(labeled);
    }
    if (!outside.isEmpty()) {
      return outside.first() + "; both must be in seconds from the start of the video";
    }
    return firstFault != null ? firstFault : "its videos have no usable label rows";
  }
}
