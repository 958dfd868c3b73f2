package dev.mer4j.data.store;

import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The byte format of a store, little-endian.
 *
 * <pre>
 * header    magic (8 bytes), version (int), 0 (int)
 * records   [T, D] in the precision stated in info, each padded to a multiple of 4 bytes
 * index     one entry per segment, see {@link #encode}
 * info      JSON
 * trailer   magic, version, segments, then of index and info: offset (long), length, CRC-32C (int);
 *           last the CRC-32C of the trailer so far
 * </pre>
 */
final class StoreFormat {
  /** Of stores in which every segment has the labels of CMU-MOSEI, and its video as its group. */
  static final int MOSEI_VERSION = 2;

  /** Of all others; older programs cannot read them. */
  static final int VERSION = 3;

  static final int HEADER_BYTES = 16;
  static final int TRAILER_BYTES = 52;

  /** The maximum number of bytes of one modality's features of one segment. */
  static final int MAX_RECORD_BYTES = 1 << 29;

  private static final int MAX_NAME_BYTES = 0xFFFF;

  /** The bytes "MER4JSTO". */
  static final long MAGIC = 0x4f54534a3452454dL;

  private static final int FIXED_ENTRY_BYTES = 2 + 4 + 1 + 2 * 8 + 1;

  /** Bits beside the split's number. */
  private static final int HAS_GROUP = 0x40;

  private static final int UNLABELED = 0x20;
  private static final int PLACE_BYTES = 8 + 4 + 4;

  private StoreFormat() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer header(int version) {
    return allocate(HEADER_BYTES).putLong(MAGIC).putInt(version).putInt(0).flip();
  }

  static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  /** The decoded trailer. */
  record Trailer(int version, int segments, Block index, Block info) {
    static Trailer decode(ByteBuffer bytes) {
      bytes.position(Long.BYTES);
      return new Trailer(bytes.getInt(), bytes.getInt(), Block.decode(bytes), Block.decode(bytes));
    }

    /** Returns the CRC-32C of the encoded trailer, which depends on all bytes of the store. */
    int checksum() {
      return crc(encode().limit(TRAILER_BYTES - Integer.BYTES));
    }

    /** Returns whether index and info are contiguous and end at the start of the trailer. */
    boolean fits(long start) {
      return segments >= 0
          && segments <= index.length() / FIXED_ENTRY_BYTES
          && index.length() >= 0
          && info.length() >= 0
          && index.offset() >= HEADER_BYTES
          && index.offset() <= start
          && info.offset() == index.offset() + index.length()
          && start == info.offset() + info.length();
    }

    ByteBuffer encode() {
      ByteBuffer bytes = allocate(TRAILER_BYTES).putLong(MAGIC).putInt(version).putInt(segments);
      index.encode(bytes);
      info.encode(bytes);
      return bytes.putInt(crc(bytes.duplicate().flip())).flip();
    }
  }

  /** A range of the file and the CRC-32C of its bytes. */
  record Block(long offset, int length, int crc) {
    static Block decode(ByteBuffer bytes) {
      return new Block(bytes.getLong(), bytes.getInt(), bytes.getInt());
    }

    private void encode(ByteBuffer bytes) {
      bytes.putLong(offset).putInt(length).putInt(crc);
    }
  }

  /**
   * Appends an entry: id (length as short, UTF-8, index), split, start, end, sentiment and a score
   * of each label unless the split has the bit {@link #UNLABELED}, the group (length as short,
   * UTF-8) if it has the bit {@link #HAS_GROUP}, the set of modalities, and for each modality:
   * offset (long), T, CRC-32C (int).
   *
   * @param order the {@linkplain ModalitySet#bitOrder order of the bits} of the store's modalities
   */
  static void encode(StoreEntry entry, List<Modality> order, ByteArrayOutputStream target) {
    SegmentInfo info = entry.info();
    byte[] video = name(info, info.id().video());
    List<Modality> modalities = info.modalities().toList();
    EmotionScores scores = info.scores();
    boolean grouped = !info.group().equals(info.id().video());
    byte[] group = grouped ? name(info, info.group()) : new byte[0];
    int scoreBytes = scores.isLabeled() ? Float.BYTES * (1 + scores.labels().size()) : 0;
    int size =
        FIXED_ENTRY_BYTES
            + video.length
            + scoreBytes
            + (grouped ? Short.BYTES + group.length : 0)
            + PLACE_BYTES * modalities.size();
    int flags = (grouped ? HAS_GROUP : 0) | (scores.isLabeled() ? 0 : UNLABELED);
    byte[] encoded = new byte[size];
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) video.length).put(video);
    bytes.putInt(info.id().index()).put((byte) (entry.split().ordinal() | flags));
    bytes.putDouble(info.start()).putDouble(info.end());
    if (scores.isLabeled()) {
      bytes.putFloat(scores.sentiment());
      for (int c = 0; c < scores.labels().size(); c++) {
        bytes.putFloat(scores.of(c));
      }
    }
    if (grouped) {
      bytes.putShort((short) group.length).put(group);
    }
    bytes.put((byte) info.modalities().bits(order));
    entry
        .places()
        .forEach(
            (modality, place) ->
                bytes.putLong(place.offset()).putInt(info.steps(modality)).putInt(place.crc()));
    target.writeBytes(encoded);
  }

  private static byte[] name(SegmentInfo info, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_NAME_BYTES) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "segment %.60s…[%d]: its video or group has a name of %,d bytes, at most %,d fit",
              info.id().video(),
              info.id().index(),
              bytes.length,
              MAX_NAME_BYTES));
    }
    return bytes;
  }

  /** Whether an entry can be in a store of {@link #MOSEI_VERSION}. */
  static boolean isMosei(SegmentInfo info) {
    return info.scores().labels().equals(Emotion.MOSEI) && info.group().equals(info.id().video());
  }

  private static EmotionScores scores(ByteBuffer index, List<Emotion> labels) {
    EmotionScores.Builder scores = EmotionScores.builder(labels).sentiment(index.getFloat());
    for (Emotion emotion : labels) {
      scores.score(emotion, index.getFloat());
    }
    return scores.build();
  }

  static List<StoreEntry> decode(
      ByteBuffer index, int segments, List<Modality> order, List<Emotion> labels) {
    List<StoreEntry> entries =
        new ArrayList<>(Math.min(segments, index.remaining() / FIXED_ENTRY_BYTES));
    for (int s = 0; s < segments; s++) {
      SegmentId id = new SegmentId(text(index), index.getInt());
      int flags = index.get();
      Split split = Split.values()[flags & ~(HAS_GROUP | UNLABELED)];
      double start = index.getDouble();
      double end = index.getDouble();
      EmotionScores scores =
          (flags & UNLABELED) != 0 ? EmotionScores.UNLABELED : scores(index, labels);
      String group = (flags & HAS_GROUP) != 0 ? text(index) : id.video();
      PerModality.Builder<Integer> steps = PerModality.builder();
      PerModality.Builder<StoreEntry.Place> places = PerModality.builder();
      for (Modality modality :
          ModalitySet.ofBits(Byte.toUnsignedInt(index.get()), order).toList()) {
        long offset = index.getLong();
        steps.put(modality, index.getInt());
        places.put(modality, new StoreEntry.Place(offset, index.getInt()));
      }
      SegmentInfo info = new SegmentInfo(id, group, start, end, scores, steps.build());
      entries.add(new StoreEntry(info, split, places.build()));
    }
    return entries;
  }

  private static String text(ByteBuffer index) {
    byte[] bytes = new byte[Short.toUnsignedInt(index.getShort())];
    index.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
