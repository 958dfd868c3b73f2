package dev.mer4j.data.source.dataset;

import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.array.TextArray;
import dev.mer4j.data.source.array.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of items in a list of dicts by dialogue. */
enum DialogueValues {
  /** A dict with a text for each utterance of a dialogue, such as its words or its speaker. */
  TEXTS,
  /** A dict with an integer for each utterance. */
  INTEGERS,
  /** A dict with a vector, or an array of rows, for each utterance. */
  VECTORS,
  /** A list of dialogues. */
  IDS,
  /** Anything else. */
  OTHER;

  /** Returns the kind of an item, by the first dialogue that has utterances. */
  static DialogueValues of(Node item) {
    if (item instanceof DictNode dict) {
      return dict.entries().values().stream()
          .map(DialogueValues::ofDialogue)
          .filter(kind -> kind != OTHER)
          .findFirst()
          .orElse(OTHER);
    }
    return isIds(item) ? IDS : OTHER;
  }

  private static boolean isIds(Node item) {
    return item instanceof TextArray
        || (item instanceof NumericArray array && array.rank() == 1 && array.type().isInteger())
        || (item instanceof ListNode list
            && list.items().stream().allMatch(each -> each instanceof TextNode || isInteger(each)));
  }

  private static boolean isInteger(Node node) {
    return node instanceof NumberNode number && !(number.value() instanceof Double);
  }

  private static DialogueValues ofDialogue(Node dialogue) {
    if (dialogue instanceof NumericArray array && array.size() > 0) {
      boolean integers = array.rank() == 1 && array.type().isInteger();
      return integers ? INTEGERS : array.rank() > 1 ? VECTORS : OTHER;
    }
    if (dialogue instanceof TextArray) {
      return TEXTS;
    }
    if (!(dialogue instanceof ListNode list) || list.items().isEmpty()) {
      return OTHER;
    }
    Node first = list.items().get(0);
    if (first instanceof TextNode) {
      return TEXTS;
    }
    if (isInteger(first)) {
      return INTEGERS;
    }
    boolean vector =
        (first instanceof NumericArray array && array.rank() > 0)
            || (first instanceof ListNode numbers && numbers.numbers().isPresent());
    return vector ? VECTORS : OTHER;
  }

  /** Returns D of the first vector of a dict; 0 if there is none. */
  static int width(DictNode dict) {
    for (Node dialogue : dict.entries().values()) {
      if (dialogue instanceof NumericArray array && array.size() > 0) {
        return (int) array.shape()[array.rank() - 1];
      }
      if (dialogue instanceof ListNode list && !list.items().isEmpty()) {
        Node first = list.items().get(0);
        if (first instanceof NumericArray array && array.rank() > 0) {
          return (int) array.shape()[array.rank() - 1];
        }
        return first instanceof ListNode numbers ? numbers.items().size() : 0;
      }
    }
    return 0;
  }

  /** Returns the numbers of a dialogue; null if it has none. */
  static double @Nullable [] numbers(Node dialogue) {
    if (dialogue instanceof NumericArray array && array.rank() == 1) {
      return array.readDoubles(0, array.rows());
    }
    return dialogue instanceof ListNode list ? list.numbers().orElse(null) : null;
  }

  /** Returns the items of a list of dialogues, as the keys of a dict are written. */
  static List<String> ids(Node item) {
    List<String> ids = new ArrayList<>();
    if (item instanceof TextArray array) {
      ids.addAll(array.texts());
    } else if (item instanceof NumericArray array) {
      ids.addAll(IntegerNames.of(array));
    } else if (item instanceof ListNode list) {
      for (Node each : list.items()) {
        ids.add(each instanceof TextNode text ? text.value() : ((NumberNode) each).value() + "");
      }
    }
    return ids;
  }
}
