package dev.mer4j.eval.missing;

import dev.mer4j.data.SegmentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;

/** The checksum of what was missing in which segment. */
final class MaskDigest {
  private final MessageDigest digest;

  MaskDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Adds which modalities a segment had, and which were left. */
  void add(SegmentId id, int had, int left) {
    text(id + ":" + had + ":" + left + "\n");
  }

  /** Adds which steps of a modality were erased. */
  void add(SegmentId id, int modality, BitSet erased) {
    text(id + ":" + modality + ":" + HexFormat.of().formatHex(erased.toByteArray()) + "\n");
  }

  /** Of all that was added; to be asked once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private void text(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
