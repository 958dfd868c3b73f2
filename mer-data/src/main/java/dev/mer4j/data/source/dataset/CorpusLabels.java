package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.TextNode;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import dev.mer4j.data.source.detect.ArrayFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The label file of MERTools, such as {@code label-6way.npz}: dicts {@code train_corpus}, {@code
 * test1_corpus} and so on, with an emotion {@code emo} for each sample.
 */
final class CorpusLabels {
  private static final String SUFFIX = "_corpus";
  private static final String EMOTION = "emo";
  private static final String VALENCE = "val";

  private final Path file;
  private final DictNode root;
  private final LabelNames given;

  private CorpusLabels(Path file, DictNode root, LabelNames given) {
    this.file = file;
    this.root = root;
    this.given = given;
  }

  /** Returns whether the top level of a file has such dicts only. */
  static boolean fits(Node root) {
    return root instanceof DictNode dict
        && !dict.entries().isEmpty()
        && dict.entries().keySet().stream().allMatch(key -> key.endsWith(SUFFIX))
        && dict.entries().values().stream().allMatch(DictNode.class::isInstance);
  }

  /** Returns whether a file is such a file. */
  static boolean fits(Path file) {
    try (ArrayFile open = ArrayFiles.open(file)) {
      return fits(open.root());
    } catch (FileException e) {
      return false;
    }
  }

  /**
   * Reads the file.
   *
   * @param names of the labels 0, 1, … where the file has numbers; empty if it has texts
   * @throws FileException if a sample has no emotion that can be read
   */
  static SegmentsTable read(Path file, LabelNames names) {
    try (ArrayFile open = ArrayFiles.open(file)) {
      return new CorpusLabels(file, open.get(DictNode.class), names).read();
    }
  }

  private SegmentsTable read() {
    LabelNames names = given.isEmpty() ? names() : given;
    SegmentName.Numbering numbering = new SegmentName.Numbering();
    List<SegmentEntry> entries = new ArrayList<>();
    List<String> samples = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    root.entries()
        .forEach(
            (corpus, node) -> {
              Map<String, Node> own = ((DictNode) node).entries();
              counts.put(corpus, own.size());
              own.forEach(
                  (sample, label) -> {
                    SegmentName name = SegmentName.parse(List.of(sample));
                    if (!name.isUsable()) {
                      throw new FileException(
                          file,
                          String.format(
                              Locale.ROOT,
                              "%s has a sample '%s', expected %s",
                              corpus,
                              SegmentName.shown(sample),
                              SegmentName.EXPECTED));
                    }
                    SegmentId id = numbering.id(name);
                    entries.add(
                        new SegmentEntry(
                            id,
                            id.video(),
                            new SegmentEntry.Place(0, entries.size()),
                            split(corpus),
                            SegmentEntry.Interval.UNKNOWN,
                            label(corpus + "/" + sample, emotion(corpus, sample, label), names)));
                    samples.add(sample);
                  });
            });
    return new SegmentsTable(entries, samples, names.labels(), notes(counts, hasValence()));
  }

  private boolean hasValence() {
    return root.entries().values().stream()
        .flatMap(corpus -> ((DictNode) corpus).entries().values().stream())
        .anyMatch(label -> label instanceof DictNode dict && dict.get(VALENCE) != null);
  }

  private static Split split(String corpus) {
    String name = corpus.substring(0, corpus.length() - SUFFIX.length()).replaceAll("\\d+$", "");
    Split split = SplitFile.split(name);
    return split == null ? Split.NONE : split;
  }

  private static List<SourceNote> notes(Map<String, Integer> counts, boolean hasValence) {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (corpus, count) ->
            parts.add(
                String.format(Locale.ROOT, "%s (%,d) is %s", corpus, count, split(corpus).key())));
    List<SourceNote> notes = new ArrayList<>();
    notes.add(new SourceNote(List.copyOf(counts.keySet()), "samples: " + String.join(", ", parts)));
    if (hasValence) {
      notes.add(new SourceNote(List.of(VALENCE), "labels: the valence 'val' is not read"));
    }
    return notes;
  }

  private Node emotion(String corpus, String sample, Node label) {
    if (label instanceof DictNode dict && dict.get(EMOTION) != null) {
      return dict.entries().getOrDefault(EMOTION, label);
    }
    throw new FileException(
        file,
        String.format(
            Locale.ROOT,
            "%s/%s is %s, expected a dict with the key %s",
            corpus,
            sample,
            label.describe(),
            EMOTION));
  }

  /** Returns the distinct texts in alphabetical order. */
  private LabelNames names() {
    TreeSet<String> texts = new TreeSet<>();
    root.entries()
        .forEach(
            (corpus, node) ->
                ((DictNode) node)
                    .entries()
                    .forEach(
                        (sample, label) -> {
                          Node emotion = emotion(corpus, sample, label);
                          if (emotion instanceof TextNode text) {
                            texts.add(text.value());
                          } else {
                            throw new FileException(
                                file,
                                String.format(
                                    Locale.ROOT,
                                    "%s/%s has the emotion %s; name the labels in the order of"
                                        + " their numbers: --label-column NAME,NAME,…",
                                    corpus,
                                    sample,
                                    emotion.describe()));
                          }
                        }));
    texts.remove("");
    return new LabelNames(List.copyOf(texts));
  }

  private SegmentLabel label(String key, Node emotion, LabelNames names) {
    int number = -1;
    if (emotion instanceof TextNode text) {
      if (text.value().isEmpty()) {
        return Labels.unlabeled(Float.NaN);
      }
      number = names.texts().indexOf(text.value());
    } else if (emotion instanceof NumberNode value) {
      double found = value.value().doubleValue();
      if (!Double.isFinite(found)) {
        return Labels.notFinite(Float.NaN);
      }
      number = found == Math.rint(found) ? (int) found : -1;
    }
    if (number < 0 || number >= names.size()) {
      throw new FileException(
          file, key + " has the emotion " + emotion.describe() + ", which is none of " + names);
    }
    return names.ofClass(number);
  }
}
