package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files with a dict of arrays, or one for each split. */
final class SplitFileSource {
  private SplitFileSource() {}

  /**
   * Reads all but the features.
   *
   * @param names of the labels; empty for those that the file determines
   * @throws FileException if the file is of another form, or its parts do not match each other
   */
  static ArrayDataset dataset(ArrayFile open, LabelNames names) {
    Path file = open.path();
    List<ArrayBlock> blocks = SplitFile.blocks(open);
    DictNode root = open.get(DictNode.class);
    BlockLabels labels = BlockLabels.of(file, root, blocks, names);
    return new ArrayDataset(
        open.form() + " file of arrays",
        file,
        new OneFile(
            file,
            features(file, blocks),
            opened -> SplitFile.blocks(opened).stream().map(ArrayBlock::features).toList()),
        entries(blocks, labels),
        notes(root, blocks, labels),
        List.of(),
        labels.labels(),
        null);
  }

  private static List<SegmentEntry> entries(List<ArrayBlock> blocks, BlockLabels labels) {
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
                labels.blocks().get(b).get(row)));
      }
    }
    return entries;
  }

  private static PerModality<Path> features(Path file, List<ArrayBlock> blocks) {
    Map<Modality, Path> files = new TreeMap<>();
    blocks.forEach(block -> block.features().modalities().forEach(m -> files.put(m, file)));
    return PerModality.of(files);
  }

  /** Returns the keys of modalities that have no features. */
  private static List<String> misfits(List<ArrayBlock> blocks) {
    List<String> misfits = new ArrayList<>();
    blocks.forEach(block -> misfits.addAll(ArrayBlock.misfits(block.place(), block.dict())));
    return misfits;
  }

  private static List<SourceNote> notes(
      DictNode root, List<ArrayBlock> blocks, BlockLabels labels) {
    List<SourceNote> notes = new ArrayList<>(labels.notes());
    List<String> unread = new ArrayList<>();
    blocks.forEach(block -> unread.addAll(block.unreadKeys(labels.key())));
    if (!blocks.get(0).place().isEmpty()) {
      root.entries().keySet().stream()
          .filter(key -> !SplitFile.isBlock(root, key) && !labels.isNamedBy(key))
          .filter(key -> SplitFile.split(key) == null)
          .forEach(unread::add);
    }
    if (!unread.isEmpty()) {
      notes.add(SourceNotes.of(unread, "keys not read: %s"));
    }
    List<String> misfits = misfits(blocks);
    if (!misfits.isEmpty()) {
      notes.add(
          SourceNotes.of(misfits, "keys not read, expected " + SegmentArrays.EXPECTED + ": %s"));
    }
    List<String> nameless =
        blocks.stream().filter(b -> b.names().key() == null).map(ArrayBlock::place).toList();
    if (!nameless.isEmpty()) {
      notes.add(
          new SourceNote(
              nameless,
              "There are no ids of segments: each segment counts as a video of its own, so that"
                  + " intervals and folds cannot keep segments of one speaker together."));
    }
    return notes;
  }
}
