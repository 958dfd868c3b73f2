package dev.mer4j.train.internal;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.file.Sha256;
import java.util.List;

/**
 * Computes a digest of a set of segments: the SHA-256 of every segment's id, interval, labels and
 * lengths, and of the features of some segments spread evenly over the set. Reading all features
 * would take as long as an epoch.
 */
public final class DataDigest {
  private static final int WITH_FEATURES = 32;

  private DataDigest() {}

  /** Returns the digest in hexadecimal. */
  public static String of(SegmentSet segments) {
    Sha256 sha256 = new Sha256();
    int stride = Math.max(1, segments.size() / WITH_FEATURES);
    List<Modality> modalities = ModalitySet.of(segments.widths().modalities()).bitOrder();
    modalities.stream()
        .filter(modality -> !Modality.MOSEI.contains(modality))
        .forEach(modality -> sha256.put(modality.key()));
    for (int i = 0; i < segments.size(); i++) {
      SegmentInfo info = segments.info(i);
      put(sha256, info, modalities);
      if (i % stride == 0) {
        for (Modality modality : info.modalities().toList()) {
          put(sha256, segments, i, modality);
        }
      }
    }
    return sha256.hex();
  }

  private static void put(Sha256 sha256, SegmentInfo info, List<Modality> modalities) {
    sha256.put(info.id().toString()).put(info.start()).put(info.end());
    EmotionScores scores = info.scores();
    if (!scores.labels().equals(Emotion.MOSEI)) {
      scores.labels().forEach(label -> sha256.put(label.key()));
      sha256.put(scores.labels().size());
    }
    if (!info.group().equals(info.id().video())) {
      sha256.put(info.group());
    }
    sha256.put(scores.sentiment());
    for (int c = 0; c < scores.labels().size(); c++) {
      sha256.put(scores.of(c));
    }
    for (Modality modality : modalities) {
      sha256.put(info.modalities().contains(modality)).put(info.steps(modality));
    }
  }

  private static void put(Sha256 sha256, SegmentSet segments, int segment, Modality modality) {
    Features features = segments.features(segment, modality);
    sha256.put(features.width());
    for (float value : features.values()) {
      sha256.put(value);
    }
  }
}
