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
 * How often each emotion occurs among labels.
 *
 * @param segments N
 * @param present [C], segments that have the emotion
 * @param strongest [C], segments whose highest score is the emotion's
 */
record Frequencies(int segments, List<Integer> present, List<Integer> strongest) {
  static Frequencies of(List<EmotionScores> labels, TieRule ties) {
    int[] present = new int[Emotion.COUNT];
    int[] strongest = new int[Emotion.COUNT];
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

  /** The emotions, the most frequent first. */
  List<Emotion> ranked() {
    return Arrays.stream(Emotion.values())
        .sorted(Comparator.comparing((Emotion e) -> present.get(e.ordinal())).reversed())
        .toList();
  }

  /** The emotions that more than half of the segments have. */
  List<Emotion> majority() {
    return Arrays.stream(Emotion.values())
        .filter(e -> 2L * present.get(e.ordinal()) > segments)
        .toList();
  }

  /** The emotion that is most often the strongest; the first of them on a tie. */
  Emotion mostOftenStrongest() {
    int best = 0;
    for (int c = 1; c < Emotion.COUNT; c++) {
      if (strongest.get(c) > strongest.get(best)) {
        best = c;
      }
    }
    return Emotion.values()[best];
  }
}
