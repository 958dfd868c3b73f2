package dev.mer4j.eval.benchmark;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import java.util.List;
import java.util.stream.IntStream;

/** Segments without features, for tests. */
final class Infos {
  private Infos() {}

  static SegmentInfo of(String video, int index, int text, int audio, int visual) {
    return new SegmentInfo(
        new SegmentId(video, index),
        0,
        1,
        EmotionScores.UNLABELED,
        PerModality.of(
            Modality.MOSEI,
            modality ->
                modality.equals(Modality.TEXT)
                    ? text
                    : modality.equals(Modality.AUDIO) ? audio : visual));
  }

  /** Returns segments with 7 steps of text, 20 of audio and 13 of visual, five per video. */
  static List<SegmentInfo> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> of("v" + i / 5, i % 5, 7, 20, 13)).toList();
  }
}
