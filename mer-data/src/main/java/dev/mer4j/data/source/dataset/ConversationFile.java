package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.dataset.SegmentArrays.DialogueLength;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The items of a pickled list of dicts by dialogue, as DialogueRNN, COSMIC and MMGCN read it: ids
 * and speakers, labels, features, sentences, and the lists of training, test and validation
 * dialogues. Which item is which follows from their content and order.
 *
 * @param items all items of the list
 * @param speakers the index of the speakers
 * @param labels the index of the labels
 * @param features the indices of the features
 * @param splits the indices of the lists of dialogues
 */
record ConversationFile(
    Path file,
    List<Node> items,
    int speakers,
    int labels,
    Map<Modality, Integer> features,
    Map<Split, Integer> splits) {
  /** The order of the lists of dialogues in all known files. */
  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.TEST, Split.VALID);

  /** COSMIC's files have the outputs of four layers of RoBERTa. */
  private static final int TEXT_LAYERS = 4;

  private static final List<Modality> MODALITIES =
      List.of(Modality.TEXT, Modality.AUDIO, Modality.VISUAL);

  /** Returns whether the top level of a file is such a list. */
  static boolean fits(Node root) {
    return root instanceof ListNode list
        && list.items().stream().filter(DictNode.class::isInstance).count() > 2;
  }

  /**
   * Finds the items.
   *
   * @throws FileException if labels or features are missing, or there are other numbers of features
   *     than in the known files
   */
  static ConversationFile of(Path file, Node root) {
    List<Node> items = ((ListNode) root).items();
    List<DialogueValues> kinds = items.stream().map(DialogueValues::of).toList();
    // The ids of utterances, integers in MELD's files and texts in IEMOCAP's, are before the
    // speakers.
    int first = first(kinds, 0, DialogueValues.TEXTS, DialogueValues.VECTORS);
    int labels = first(kinds, first, DialogueValues.INTEGERS);
    if (labels == kinds.size()) {
      throw new FileException(
          file,
          "is a list of dicts without label numbers after the speakers: its items are "
              + describe(kinds));
    }
    int speakers =
        Math.max(
            kinds.subList(0, labels).lastIndexOf(DialogueValues.TEXTS),
            kinds.subList(0, labels).lastIndexOf(DialogueValues.VECTORS));
    List<Integer> vectors = new ArrayList<>();
    for (int i = labels + 1; i < kinds.size(); i++) {
      if (kinds.get(i) == DialogueValues.VECTORS) {
        vectors.add(i);
      }
    }
    Map<Modality, Integer> features = features(items, vectors);
    if (features.isEmpty()) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "has %d dicts of features after its labels; known are 1 to 3 (text, audio, visual),"
                  + " and 4 or 6, of which the first 4 are text of one width; its items are %s",
              vectors.size(),
              describe(kinds)));
    }
    Map<Split, Integer> splits = new LinkedHashMap<>();
    for (int i = labels + 1; i < kinds.size() && splits.size() < SPLITS.size(); i++) {
      if (kinds.get(i) == DialogueValues.IDS) {
        splits.put(SPLITS.get(splits.size()), i);
      }
    }
    return new ConversationFile(file, items, speakers, labels, features, splits);
  }

  private static String describe(List<DialogueValues> kinds) {
    List<String> all = new ArrayList<>();
    kinds.forEach(kind -> all.add(kind.name().toLowerCase(Locale.ROOT)));
    return String.join(", ", all);
  }

  private static int first(List<DialogueValues> kinds, int from, DialogueValues... wanted) {
    int i = from;
    while (i < kinds.size() && !List.of(wanted).contains(kinds.get(i))) {
      i++;
    }
    return i;
  }

  private static Map<Modality, Integer> features(List<Node> items, List<Integer> vectors) {
    int count = vectors.size();
    boolean layers = count == TEXT_LAYERS || count == TEXT_LAYERS + 2;
    if (count == 0
        || (!layers && count > MODALITIES.size())
        || (layers
            && vectors.stream().limit(TEXT_LAYERS).map(i -> width(items, i)).distinct().count()
                > 1)) {
      return Map.of();
    }
    Map<Modality, Integer> features = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      if (i == 0 || !layers || i >= TEXT_LAYERS) {
        Modality modality = MODALITIES.get(layers && i > 0 ? i - TEXT_LAYERS + 1 : i);
        features.put(modality, vectors.get(i));
      }
    }
    return features;
  }

  private static int width(List<Node> items, int item) {
    return DialogueValues.width((DictNode) items.get(item));
  }

  private DictNode dict(int item) {
    return (DictNode) items.get(item);
  }

  /** Returns the width of the vectors of the speakers; 0 if they are texts. */
  int speakerWidth() {
    return DialogueValues.width(dict(speakers));
  }

  /**
   * Returns the label numbers of each dialogue, in the order of the file.
   *
   * @throws FileException if a dialogue has none
   */
  Map<String, double[]> labelNumbers() {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    dict(labels)
        .entries()
        .forEach(
            (dialogue, node) -> {
              double @Nullable [] own = DialogueValues.numbers(node);
              if (own == null) {
                throw new FileException(
                    file,
                    String.format(
                        Locale.ROOT,
                        "%d/%s is %s, expected label numbers",
                        labels,
                        dialogue,
                        node.describe()));
              }
              numbers.put(dialogue, own);
            });
    return numbers;
  }

  /** Returns the features of the utterances of all dialogues. */
  PerModality<SegmentFeatures> segmentFeatures() {
    List<DialogueLength> lengths = new ArrayList<>();
    labelNumbers()
        .forEach((dialogue, own) -> lengths.add(new DialogueLength(dialogue, own.length)));
    PerModality.Builder<SegmentFeatures> all = PerModality.builder();
    features.forEach(
        (modality, item) ->
            all.put(
                modality,
                new ArrayFeatures(
                    SegmentArrays.ofDialogues(file, String.valueOf(item), dict(item), lengths))));
    return all.build();
  }

  /** Returns the dialogues that have no entry in the features of a modality. */
  List<String> dialoguesWithout(Modality modality) {
    DictNode own = dict(features.getOrDefault(modality, 0));
    return dict(labels).entries().keySet().stream().filter(each -> own.get(each) == null).toList();
  }

  /** Returns the dialogues of each list. */
  Map<Split, List<String>> dialogues() {
    Map<Split, List<String>> all = new LinkedHashMap<>();
    splits.forEach((split, item) -> all.put(split, DialogueValues.ids(items.get(item))));
    return all;
  }
}
