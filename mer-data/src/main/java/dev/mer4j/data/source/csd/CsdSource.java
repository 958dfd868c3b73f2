package dev.mer4j.data.source.csd;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.EntryShape;
import dev.mer4j.data.csd.SkippedFile;
import dev.mer4j.data.csd.TypicalEntry;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.FileSummary;
import dev.mer4j.data.source.ModalitySelection;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computational sequences, cut into segments by the intervals of the labels, or by entries. */
public final class CsdSource implements FeatureSource {
  private static final Logger LOG = LoggerFactory.getLogger(CsdSource.class);

  private final CsdFolder folder;
  private final List<Modality> omitted;

  public CsdSource(CsdFolder folder) {
    this(folder, List.of());
  }

  private CsdSource(CsdFolder folder, List<Modality> omitted) {
    this.folder = folder;
    this.omitted = omitted;
  }

  @Override
  public String form() {
    return "folder of .csd files";
  }

  @Override
  public Path labels() {
    return folder.labels();
  }

  @Override
  public PerModality<Path> features() {
    return folder.features();
  }

  @Override
  public List<Path> files() {
    return Stream.concat(Stream.of(labels()), features().values().stream().sorted())
        .distinct()
        .toList();
  }

  @Override
  public List<SkippedFile> skipped() {
    return folder.skipped();
  }

  @Override
  public List<Modality> omitted() {
    return omitted;
  }

  @Override
  public List<SourceNote> notes() {
    return folder.isLabeled()
        ? List.of()
        : List.of(
            new SourceNote(
                List.of(),
                "labels: there is no file of labels; the entries of "
                    + labels().getFileName()
                    + " are the segments, without labels (--labels FILE gives labels)"));
  }

  @Override
  public FeatureSource only(ModalitySet selected) {
    ModalitySelection selection = ModalitySelection.of(this, selected);
    PerModality<Path> features = selection.select(folder.features());
    boolean reference = !folder.isLabeled() && !features.values().contains(labels());
    CsdFolder kept =
        new CsdFolder(reference ? features.values().get(0) : labels(), features, folder.skipped());
    return new CsdSource(kept, selection.omitted());
  }

  @Override
  public SourceReader open(SampleUnit unit, FaultPolicy faults) {
    return new IntervalReader(SegmentReader.open(folder, unit, faults));
  }

  @Override
  public List<FileSummary> summaries() {
    List<FileSummary> files = new ArrayList<>();
    if (folder.isLabeled()) {
      files.add(summary("labels", labels()));
    }
    features().forEach((modality, path) -> files.add(summary(modality.key(), path)));
    return files;
  }

  private static FileSummary summary(String role, Path path) {
    try (CsdFile csd = CsdFile.open(path)) {
      long rows = 0;
      EntryShape typical = csd.shape(TypicalEntry.of(csd).entry());
      for (String video : csd.videos()) {
        try {
          rows += csd.shape(video).rows();
        } catch (FileException e) {
          LOG.debug("skipped an entry", e);
        }
      }
      return new FileSummary(
          role,
          path,
          csd.root(),
          new FileSummary.Numbers(typical.type(), typical.layout(), typical.width()),
          csd.videos().size(),
          rows);
    }
  }
}
