package dev.mer4j.eval.baseline;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.TieRule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frequencies of emotions among labels.
 *
 * @param segments N
 * @param present the number of segments that have each emotion
 * @param strongest [C], the number of segments of each class in the single-label task
 */
record Frequencies(int segments, List<Integer> present, List<Integer> strongest) {
  static Frequencies of(List<EmotionScores> labels, TieRule ties) {
    int[] present = new int[Emotion.COUNT];
    int[] strongest = new int[LabelScheme.singleLabel(ties).classes().size()];
    for (EmotionScores scores : labels) {
      for (Emotion emotion : Emotion.values()) {
        present[emotion.ordinal()] += scores.present(emotion) ? 1 : 0;
      }
      LabelScheme.single(scores, ties).ifPresent(c -> strongest[c]++);
    }
    return new Frequencies(
        labels.size(),
        IntStream.of(present).boxed().toList(),
        IntStream.of(strongest).boxed().toList());
  }

  /** Returns the emotions, most frequent first. */
  List<String> ranked() {
    return Arrays.stream(Emotion.values())
        .sorted(Comparator.comparing((Emotion e) -> present.get(e.ordinal())).reversed())
        .map(Emotion::key)
        .toList();
  }

  /** Returns the emotions that more than half of the segments have. */
  List<String> majority() {
    return Arrays.stream(Emotion.values())
        .filter(e -> 2L * present.get(e.ordinal()) > segments)
        .map(Emotion::key)
        .toList();
  }

  /** Returns the most frequent class of the single-label task; the first of them on a tie. */
  int mostOftenStrongest() {
    int best = 0;
    for (int c = 1; c < strongest.size(); c++) {
      if (strongest.get(c) > strongest.get(best)) {
        best = c;
      }
    }
    return best;
  }
}
