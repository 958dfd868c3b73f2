package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.detect.ArrayFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One file with everything: pickles of MMSA, MulT and MultiBench, and what CARAT's torch saved. */
public final class SplitFileSource {
  private SplitFileSource() {}

  /** Whether a file of arrays holds such a data set. */
  public static boolean fits(ArrayFile file) {
    return SplitFile.fits(file);
  }

  /**
   * Reads all but the features.
   *
   * @param labels a computational sequence whose emotions are joined by the sentiments; null if
   *     those of the file count
   * @throws FileException if the file is of another form, or parts of it do not fit each other
   */
  public static ArraySource open(Path file, @Nullable Path labels, ArrayOptions options) {
    ArrayDataset data = dataset(file);
    return new ArraySource(labels == null ? data : data.joinedWith(labels), options);
  }

  static ArrayDataset dataset(Path file) {
    try (ArrayFile open = ArrayFiles.open(file)) {
      List<ArrayBlock> blocks = SplitFile.blocks(open);
      List<SegmentEntry> entries = entries(blocks);
      return new ArrayDataset(
          open.form() + " file of arrays",
          file,
          new Blocks(file, features(file, blocks)),
          entries,
          notes(blocks),
          List.of(),
          Emotion.MOSEI,
          null);
    }
  }

  private static List<SegmentEntry> entries(List<ArrayBlock> blocks) {
    SegmentName.Numbering numbering = new SegmentName.Numbering();
    List<SegmentEntry> entries = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      ArrayBlock block = blocks.get(b);
      for (int row = 0; row < block.count(); row++) {
        SegmentName name = block.names().names().get(row);
        SegmentId id = numbering.id(name);
        entries.add(
            new SegmentEntry(
                id,
                id.video(),
                new SegmentEntry.Place(b, row),
                block.split(),
                new SegmentEntry.Interval(name.start(), name.end()),
                block.labels().labels().get(row)));
      }
    }
    return entries;
  }

  private static PerModality<Path> features(Path file, List<ArrayBlock> blocks) {
    Map<Modality, Path> files = new TreeMap<>();
    blocks.forEach(block -> block.features().modalities().forEach(m -> files.put(m, file)));
    return PerModality.of(files);
  }

  private static List<SourceNote> notes(List<ArrayBlock> blocks) {
    List<SourceNote> notes = new ArrayList<>();
    List<String> unread = blocks.stream().flatMap(b -> b.unreadKeys().stream()).toList();
    if (!unread.isEmpty()) {
      notes.add(SourceNotes.of(unread, "keys not read: %s"));
    }
    List<String> nameless =
        blocks.stream().filter(b -> b.names().key() == null).map(ArrayBlock::place).toList();
    if (!nameless.isEmpty()) {
      notes.add(
          new SourceNote(
              nameless,
              "There are no ids of segments: each segment counts as a video of its own, so that"
                  + " intervals and folds cannot keep those of one speaker together."));
    }
    if (blocks.stream().anyMatch(b -> "tgt".equals(b.labels().key()))) {
      notes.add(
          new SourceNote(
              List.of("tgt"),
              "tgt: 4 to 9 are read as happy, sad, anger, surprise, disgust, fear, without scores:"
                  + " an emotion has 1 or 0."));
    }
    return notes;
  }

  /** The blocks of the file, whose structure is read at every opening. */
  private record Blocks(Path file, PerModality<Path> features) implements BlockFiles {
    @Override
    public List<Path> files() {
      return List.of(file);
    }

    @Override
    public OpenBlocks open() {
      ArrayFile open = ArrayFiles.open(file);
      try {
        return new OpenBlocks(
            SplitFile.blocks(open).stream().map(ArrayBlock::features).toList(), List.of(open));
      } catch (RuntimeException e) {
        open.close();
        throw e;
      }
    }
  }
}
