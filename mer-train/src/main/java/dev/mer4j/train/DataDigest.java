package dev.mer4j.train;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;

/**
 * Tells one set of segments from another: a SHA-256 of every segment's id, interval, labels and
 * lengths, and of the features of some segments spread evenly over the set. Reading all features
 * would take as long as an epoch.
 */
final class DataDigest {
  private static final int WITH_FEATURES = 32;

  private DataDigest() {}

  static String of(SegmentSet segments) {
    Hasher hasher = Hashing.sha256().newHasher();
    int stride = Math.max(1, segments.size() / WITH_FEATURES);
    for (int i = 0; i < segments.size(); i++) {
      SegmentInfo info = segments.info(i);
      put(hasher, info);
      if (i % stride == 0) {
        for (Modality modality : info.modalities().toList()) {
          put(hasher, segments, i, modality);
        }
      }
    }
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, SegmentInfo info) {
    hasher.putUnencodedChars(info.id().toString()).putDouble(info.start()).putDouble(info.end());
    hasher.putFloat(info.scores().sentiment());
    for (Emotion emotion : Emotion.values()) {
      hasher.putFloat(info.scores().of(emotion));
    }
    for (Modality modality : Modality.values()) {
      hasher.putBoolean(info.modalities().contains(modality)).putInt(info.steps(modality));
    }
  }

  private static void put(Hasher hasher, SegmentSet segments, int segment, Modality modality) {
    int width = segments.widths().getOrDefault(modality, 0);
    float[] values = new float[segments.info(segment).steps(modality) * width];
    segments.read(segment, modality, values, 0);
    hasher.putInt(width);
    for (float value : values) {
      hasher.putFloat(value);
    }
  }
}
