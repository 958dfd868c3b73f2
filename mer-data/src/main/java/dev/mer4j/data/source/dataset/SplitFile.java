package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of a file: its splits, or the file itself. */
final class SplitFile {
  private static final Map<String, Split> SPLITS =
      Map.of(
          "train", Split.TRAIN,
          "training", Split.TRAIN,
          "valid", Split.VALID,
          "validation", Split.VALID,
          "val", Split.VALID,
          "dev", Split.VALID,
          "test", Split.TEST,
          "testing", Split.TEST);

  private static final int MISFITS_SHOWN = 6;

  private SplitFile() {}

  static @Nullable Split split(String name) {
    return SPLITS.get(name.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a file contains a data set. */
  static boolean fits(ArrayFile file) {
    return file.root() instanceof DictNode root
        && (ArrayBlock.fits(root)
            || root.entries().keySet().stream().anyMatch(k -> isBlock(root, k)));
  }

  /** Returns whether the value of a key is a split. */
  static boolean isBlock(DictNode root, String key) {
    return split(key) != null && root.get(key) instanceof DictNode dict && ArrayBlock.fits(dict);
  }

  /** Returns the keys of splits without features, with what they are. */
  private static List<String> misfits(DictNode root) {
    List<String> misfits = new ArrayList<>();
    root.entries()
        .forEach(
            (key, value) -> {
              if (split(key) != null && !isBlock(root, key)) {
                List<String> own =
                    value instanceof DictNode dict
                        ? ArrayBlock.misfits(key + "/", dict)
                        : List.of();
                misfits.addAll(own.isEmpty() ? List.of(key + " is " + value.describe()) : own);
              }
            });
    return misfits;
  }

  /**
   * Returns the splits in the order of the file.
   *
   * @throws FileException if the file is of another form; the message describes its content
   */
  static List<ArrayBlock> blocks(ArrayFile file) {
    List<ArrayBlock> blocks = new ArrayList<>();
    if (file.root() instanceof DictNode root) {
      if (ArrayBlock.fits(root)) {
        return List.of(ArrayBlock.of(file.path(), "", Split.NONE, root));
      }
      for (Map.Entry<String, Node> entry : root.entries().entrySet()) {
        Split split = split(entry.getKey());
        if (isBlock(root, entry.getKey()) && split != null) {
          blocks.add(
              ArrayBlock.of(file.path(), entry.getKey() + "/", split, (DictNode) entry.getValue()));
        }
      }
    }
    if (blocks.isEmpty()) {
      throw new FileException(
          file.path(),
          "has no features that can be found: "
              + contents(file.root())
              + misfitsText(file.root())
              + (CorpusLabels.fits(file.root())
                  ? "; for MERTools, give the folder with this file and the features"
                  : "")
              + "; expected the keys train, valid and test, each with text, audio or vision, or"
              + " these themselves: "
              + SegmentArrays.EXPECTED);
    }
    checkSplits(file);
    checkAlike(file, blocks);
    checkModalities(file, blocks);
    return blocks;
  }

  /** A split without features is an error, because its segments would be missing. */
  private static void checkSplits(ArrayFile file) {
    List<String> misfits = misfits((DictNode) file.root());
    if (!misfits.isEmpty()) {
      throw new FileException(
          file.path(),
          "has a split without features: "
              + shown(misfits)
              + "; features are "
              + SegmentArrays.EXPECTED
              + "; remove the split's key, or correct it");
    }
  }

  private static String shown(List<String> misfits) {
    return String.join(", ", misfits.subList(0, Math.min(MISFITS_SHOWN, misfits.size())));
  }

  private static void checkAlike(ArrayFile file, List<ArrayBlock> blocks) {
    ArrayBlock first = blocks.get(0);
    for (ArrayBlock block : blocks) {
      block
          .features()
          .forEach(
              (modality, features) ->
                  first
                      .features()
                      .find(modality)
                      .filter(other -> other.count() > 0 && features.count() > 0)
                      .filter(other -> other.width() != features.width())
                      .ifPresent(
                          other -> {
                            throw new FileException(
                                file.path(),
                                String.format(
                                    Locale.ROOT,
                                    "%s is %d wide, %s is %d",
                                    features.key(),
                                    features.width(),
                                    other.key(),
                                    other.width()));
                          }));
    }
  }

  /** An array of another shape in one split, of a modality that another split has, is an error. */
  private static void checkModalities(ArrayFile file, List<ArrayBlock> blocks) {
    for (ArrayBlock block : blocks) {
      for (ArrayBlock other : blocks) {
        other
            .features()
            .forEach(
                (modality, features) -> {
                  String misfit = block.misfit(modality);
                  if (misfit != null && !block.features().has(modality)) {
                    throw new FileException(
                        file.path(),
                        misfit
                            + ", "
                            + features.key()
                            + " has "
                            + features.numbers().layout()
                            + "; features are "
                            + SegmentArrays.EXPECTED);
                  }
                });
      }
    }
  }

  private static String misfitsText(Node root) {
    if (!(root instanceof DictNode dict)) {
      return "";
    }
    List<String> all = new ArrayList<>(ArrayBlock.misfits("", dict));
    all.addAll(misfits(dict));
    return all.isEmpty() ? "" : "; " + shown(all);
  }

  private static String contents(Node root) {
    return root instanceof DictNode dict && !dict.entries().isEmpty()
        ? "the top level has "
            + String.join(", ", dict.entries().keySet().stream().limit(12).toList())
        : "the top level is " + root.describe();
  }
}
