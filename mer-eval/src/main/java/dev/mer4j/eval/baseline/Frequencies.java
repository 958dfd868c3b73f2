package dev.mer4j.eval.baseline;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frequencies of emotions among labels.
 *
 * @param labels C labels, in order
 * @param segments N, those that have labels
 * @param present the number of segments that have each emotion
 * @param strongest [C], the number of segments of each class in the single-label task
 */
record Frequencies(
    List<Emotion> labels, int segments, List<Integer> present, List<Integer> strongest) {
  static Frequencies of(List<EmotionScores> labels, LabelSet scheme) {
    LabelSet single = scheme.asSingleLabel();
    int[] present = new int[scheme.labels().size()];
    int[] strongest = new int[single.classCount()];
    for (EmotionScores scores : labels) {
      for (int c = 0; c < present.length; c++) {
        present[c] += scheme.present(scores, c) ? 1 : 0;
      }
      single.single(scores).ifPresent(c -> strongest[c]++);
    }
    return new Frequencies(
        scheme.labels(),
        (int) labels.stream().filter(EmotionScores::isLabeled).count(),
        IntStream.of(present).boxed().toList(),
        IntStream.of(strongest).boxed().toList());
  }

  /** Returns the emotions, most frequent first. */
  List<String> ranked() {
    return labels.stream()
        .sorted(Comparator.comparing((Emotion e) -> present.get(labels.indexOf(e))).reversed())
        .map(Emotion::key)
        .toList();
  }

  /** Returns the emotions that more than half of the segments have. */
  List<String> majority() {
    return labels.stream()
        .filter(e -> 2L * present.get(labels.indexOf(e)) > segments)
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
