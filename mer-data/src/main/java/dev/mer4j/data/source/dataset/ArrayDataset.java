package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.source.ModalitySelection;
import dev.mer4j.data.source.SourceNote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A data set without its features.
 *
 * @param labels the file that lists the segments
 * @param emotions the labels of the data set
 * @param joined the file whose labels were joined; null without such a file
 */
record ArrayDataset(
    String form,
    Path labels,
    BlockFiles files,
    List<SegmentEntry> entries,
    List<SourceNote> notes,
    List<SkippedFile> skipped,
    List<Emotion> emotions,
    @Nullable Path joined) {
  /**
   * Joins the emotions of a computational sequence by the sentiments.
   *
   * @throws FileException if it cannot be read, or not a single segment can be joined
   */
  ArrayDataset joinedWith(Path file) {
    SentimentJoin join = new SentimentJoin(LabelTable.read(file));
    List<SegmentEntry> labeled = join.join(entries);
    if (join.joined() == 0) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "none of its labels can be joined to the %,d segments of %s: %s",
              entries.size(),
              labels,
              join.notes(entries.size()).stream()
                  .map(SourceNote::text)
                  .collect(Collectors.joining("; "))));
    }
    List<SourceNote> all = new ArrayList<>(notes);
    all.addAll(join.notes(entries.size()));
    return new ArrayDataset(form, labels, files, labeled, all, skipped, Emotion.MOSEI, file);
  }

  /** Returns the data set without the other modalities. */
  ArrayDataset only(ModalitySelection selection) {
    BlockFiles selected = new SelectedFiles(files, selection);
    return new ArrayDataset(form, labels, selected, entries, notes, skipped, emotions, joined);
  }

  /**
   * Returns notes about segments whose labels are not finite, and about segments without labels
   * unless some were joined.
   */
  List<SourceNote> unlabeledNotes() {
    List<String> notFinite = names(entry -> !entry.label().finite());
    List<String> unlabeled =
        joined != null
            ? List.of()
            : names(entry -> entry.label().finite() && !Labels.isLabeled(entry.label()));
    List<SourceNote> all = new ArrayList<>();
    if (!notFinite.isEmpty()) {
      all.add(SourceNotes.of(notFinite, "labels: segments with NaN or infinite labels: %s"));
    }
    if (!unlabeled.isEmpty()) {
      all.add(unlabeledNote(unlabeled));
    }
    return all;
  }

  private List<String> names(Predicate<SegmentEntry> selected) {
    return entries.stream().filter(selected).map(entry -> entry.id().toString()).toList();
  }

  private SourceNote unlabeledNote(List<String> unlabeled) {
    boolean sentiments =
        emotions.equals(Emotion.MOSEI)
            && entries.stream().anyMatch(entry -> !Float.isNaN(entry.label().sentiment()));
    return SourceNotes.of(
        unlabeled,
        sentiments
            ? "labels: segments without emotions in the file: %s; for CMU-MOSEI, --labels"
                + " CMU_MOSEI_Labels.csd joins them by the sentiments"
            : "labels: segments without labels in the file: %s");
  }
}
