package dev.mer4j.eval.missing;

import dev.mer4j.data.SegmentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;

/** Computes the digest of the masks of all segments. */
final class MaskDigest {
  private final MessageDigest digest;

  MaskDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is unavailable", e);
    }
  }

  /** Adds a segment's modalities before and after masking. */
  void add(SegmentId id, int had, int left) {
    text(id + ":" + had + ":" + left + "\n");
  }

  /** Adds the erased steps of a modality. */
  void add(SegmentId id, int modality, BitSet erased) {
    text(id + ":" + modality + ":" + HexFormat.of().formatHex(erased.toByteArray()) + "\n");
  }

  /** Returns the digest of all added masks; can be called once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private void text(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
