package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.array.ArrayFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Pickles of conversations: each utterance is a segment, and each dialogue a video and a group. */
final class ConversationSource {
  /** Source: the programs of MELD, DialogueRNN and COSMIC (conv-emotion). */
  private static final List<String> MELD =
      List.of("neutral", "surprise", "fear", "sadness", "joy", "disgust", "anger");

  /** MELD's files have a vector of this width for the speaker of each utterance. */
  private static final int MELD_SPEAKERS = 9;

  /** Source: as for MELD. */
  private static final List<String> IEMOCAP =
      List.of("happy", "sad", "neutral", "angry", "excited", "frustrated");

  /** The highest number of a label that is plausible. */
  private static final int MOST_LABELS = 63;

  private final ConversationFile conversations;
  private final Map<String, double[]> numbers;
  private final List<SourceNote> notes = new ArrayList<>();

  private ConversationSource(ConversationFile conversations) {
    this.conversations = conversations;
    numbers = conversations.labelNumbers();
  }

  /**
   * Reads all but the features.
   *
   * @param names of the labels 0, 1, …; empty for those of MELD and IEMOCAP
   * @throws FileException if the items do not match each other, or the names are not known
   */
  static ArrayDataset dataset(ArrayFile open, LabelNames names) {
    Path file = open.path();
    ConversationFile found = ConversationFile.of(file, open.root());
    return new ConversationSource(found).read(open.form(), names);
  }

  private ArrayDataset read(String form, LabelNames given) {
    Path file = conversations.file();
    LabelNames names = names(given);
    Map<String, Split> splits = splits();
    List<SegmentEntry> entries = new ArrayList<>();
    numbers.forEach(
        (dialogue, labels) -> {
          for (int u = 0; u < labels.length; u++) {
            entries.add(
                new SegmentEntry(
                    new SegmentId(dialogue, u),
                    dialogue,
                    new SegmentEntry.Place(0, entries.size()),
                    splits.getOrDefault(dialogue, Split.NONE),
                    SegmentEntry.Interval.UNKNOWN,
                    !Double.isFinite(labels[u])
                        ? Labels.notFinite(Float.NaN)
                        : names.ofClass((int) labels[u])));
          }
        });
    PerModality<SegmentFeatures> features = conversations.segmentFeatures();
    noteItems();
    return new ArrayDataset(
        form + " list of dialogues",
        file,
        new OneFile(
            file,
            features.map(each -> file),
            opened -> List.of(ConversationFile.of(file, opened.root()).segmentFeatures())),
        entries,
        notes,
        List.of(),
        names.labels(),
        null);
  }

  private LabelNames names(LabelNames given) {
    double highest = -1;
    for (Map.Entry<String, double[]> dialogue : numbers.entrySet()) {
      if (!SegmentName.isUsable(dialogue.getKey())) {
        throw fault(
            String.format(
                Locale.ROOT,
                "%d has the dialogue '%s', expected %s",
                conversations.labels(),
                SegmentName.shown(dialogue.getKey()),
                SegmentName.EXPECTED));
      }
      for (double label : dialogue.getValue()) {
        if (!Double.isFinite(label)) {
          continue;
        }
        highest = Math.max(highest, label);
        if (label < 0 || label > MOST_LABELS || label > Math.floor(label)) {
          throw fault(
              String.format(
                  Locale.ROOT,
                  "%d/%s has the label %s, expected a whole number from 0 to %d",
                  conversations.labels(),
                  dialogue.getKey(),
                  label,
                  MOST_LABELS));
        }
      }
    }
    int count = (int) highest + 1;
    LabelNames names = given.isEmpty() ? known(count) : given;
    if (names.size() < count || names.size() < 2) {
      throw fault(
          String.format(
              Locale.ROOT,
              "has the labels 0 to %d; name them in this order: --label-column NAME,NAME,…%s",
              count - 1,
              names.isEmpty() ? "" : ", which has " + names.size() + " names"));
    }
    notes.add(
        new SourceNote(
            names.texts(),
            "labels: 0, 1, … are read as "
                + names
                + (given.isEmpty()
                    ? names.texts().equals(MELD) ? ", the order of MELD" : ", the order of IEMOCAP"
                    : "")));
    return names;
  }

  private LabelNames known(int count) {
    int width = conversations.speakerWidth();
    if (count == MELD.size() && width == MELD_SPEAKERS) {
      return new LabelNames(MELD);
    }
    return new LabelNames(count == IEMOCAP.size() && width == 0 ? IEMOCAP : List.of());
  }

  private Map<String, Split> splits() {
    Map<String, Split> splits = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    conversations
        .dialogues()
        .forEach(
            (split, dialogues) -> {
              for (String dialogue : dialogues) {
                Split other = splits.putIfAbsent(dialogue, split);
                if (other != null && other != split) {
                  throw fault(
                      String.format(
                          Locale.ROOT,
                          "lists dialogue '%s' as %s and as %s",
                          dialogue,
                          other.key(),
                          split.key()));
                }
                if (!numbers.containsKey(dialogue)) {
                  unknown.add(dialogue);
                }
              }
            });
    if (!unknown.isEmpty()) {
      notes.add(SourceNotes.of(unknown, "dialogues in the lists without labels: %s"));
    }
    return splits;
  }

  private void noteItems() {
    Map<Integer, String> read = new TreeMap<>();
    read.put(conversations.labels(), "labels");
    conversations.features().forEach((modality, item) -> read.put(item, modality.key()));
    conversations.splits().forEach((split, item) -> read.put(item, split.key()));
    List<String> unread = new ArrayList<>();
    for (int i = 0; i < conversations.items().size(); i++) {
      if (!read.containsKey(i)) {
        unread.add(i + ": " + conversations.items().get(i).describe());
      }
    }
    List<String> roles = new ArrayList<>();
    read.forEach((item, role) -> roles.add(item + " as " + role));
    notes.add(
        new SourceNote(
            List.copyOf(read.values()), "items of the list read: " + String.join(", ", roles)));
    if (!unread.isEmpty()) {
      notes.add(SourceNotes.of(unread, "items of the list not read: %s"));
    }
    conversations
        .features()
        .keySet()
        .forEach(
            modality -> {
              List<String> absent = conversations.dialoguesWithout(modality);
              if (!absent.isEmpty()) {
                notes.add(
                    SourceNotes.of(absent, modality.key() + ": dialogues without features: %s"));
              }
            });
  }

  private FileException fault(String problem) {
    return new FileException(conversations.file(), problem);
  }
}
