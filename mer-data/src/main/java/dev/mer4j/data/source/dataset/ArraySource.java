package dev.mer4j.data.source.dataset;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.FileSummary;
import dev.mer4j.data.source.ModalitySelection;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segments whose features are arrays, each with rows of its own. */
public final class ArraySource implements FeatureSource {
  private static final Logger LOG = LoggerFactory.getLogger(ArraySource.class);

  private final ArrayDataset data;
  private final ArrayOptions options;
  private final SegmentIndex index;
  private final List<SourceNote> notes;
  private final List<Modality> omitted;

  ArraySource(ArrayDataset data, ArrayOptions options) {
    this(data, options, List.of());
  }

  private ArraySource(ArrayDataset data, ArrayOptions options, List<Modality> omitted) {
    this.data = data;
    this.options = options;
    this.omitted = omitted;
    index = new SegmentIndex(data.labels(), data.entries(), options.splits());
    List<SourceNote> all = new ArrayList<>(data.notes());
    all.addAll(data.unlabeledNotes());
    if (!index.shared().isEmpty()) {
      all.add(
          SourceNotes.of(
              index.shared(), "videos with segments in several splits, as in the file: %s"));
    }
    notes = List.copyOf(all);
  }

  @Override
  public String form() {
    return data.form();
  }

  @Override
  public Path labels() {
    return data.labels();
  }

  @Override
  public PerModality<Path> features() {
    return data.files().features();
  }

  @Override
  public List<Path> files() {
    Set<Path> all = new LinkedHashSet<>(List.of(labels()));
    if (data.joined() != null) {
      all.add(data.joined());
    }
    all.addAll(data.files().files());
    return List.copyOf(all);
  }

  @Override
  public List<Emotion> emotions() {
    return data.emotions();
  }

  @Override
  public List<SkippedFile> skipped() {
    return data.skipped();
  }

  @Override
  public List<SourceNote> notes() {
    return notes;
  }

  @Override
  public Folds folds() {
    return index.folds(labels());
  }

  @Override
  public FeatureSource only(ModalitySet selected) {
    ModalitySelection selection = ModalitySelection.of(this, selected);
    return new ArraySource(data.only(selection), options, selection.omitted());
  }

  @Override
  public List<Modality> omitted() {
    return omitted;
  }

  /**
   * Opens the files.
   *
   * @throws ConfigException if whole videos are asked for
   * @throws FileException if a file cannot be used at all
   */
  @Override
  public SourceReader open(SampleUnit unit, FaultPolicy faults) {
    if (unit == SampleUnit.VIDEO) {
      throw new ConfigException(
          labels() + ": its segments have rows of their own; the unit can only be segment");
    }
    return new ArrayReader(labels(), data.files(), index, options.trimZeroRows(), faults);
  }

  @Override
  public List<FileSummary> summaries() {
    List<FileSummary> all = new ArrayList<>();
    all.add(
        new FileSummary(
            "labels",
            labels(),
            form(),
            new FileSummary.Numbers("", "", 0),
            index.videos().size(),
            data.entries().size()));
    try (OpenBlocks open = data.files().open()) {
      features()
          .forEach(
              (modality, path) -> {
                FileSummary.Numbers numbers = new FileSummary.Numbers("", "", 0);
                int segments = 0;
                long rows = 0;
                for (PerModality<SegmentFeatures> block : open.blocks()) {
                  SegmentFeatures found = block.find(modality).orElse(null);
                  for (int i = 0; found != null && i < found.count(); i++) {
                    int steps = steps(found, i);
                    segments += steps > 0 ? 1 : 0;
                    rows += steps;
                  }
                  numbers = found == null || segments == 0 ? numbers : found.numbers();
                }
                all.add(new FileSummary(modality.key(), path, form(), numbers, segments, rows));
              });
    }
    return all;
  }

  private static int steps(SegmentFeatures features, int segment) {
    try {
      return features.has(segment) ? features.steps(segment) : 0;
    } catch (FileException e) {
      LOG.debug("passed over", e);
      return 0;
    }
  }
}
