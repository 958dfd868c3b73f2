package dev.mer4j.data.store;

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
  static final int VERSION = 2;
  static final int HEADER_BYTES = 16;
  static final int TRAILER_BYTES = 52;

  /** The maximum number of bytes of one modality's features of one segment. */
  static final int MAX_RECORD_BYTES = 1 << 29;

  /** The bytes "MER4JSTO". */
  static final long MAGIC = 0x4f54534a3452454dL;

  private static final int FIXED_ENTRY_BYTES = 2 + 4 + 1 + 2 * 8 + 7 * 4 + 1;
  private static final int PLACE_BYTES = 8 + 4 + 4;

  private StoreFormat() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer header() {
    return allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).putInt(0).flip();
  }

  static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  /** The decoded trailer. */
  record Trailer(int segments, Block index, Block info) {
    static Trailer decode(ByteBuffer bytes) {
      bytes.position(Long.BYTES + Integer.BYTES);
      return new Trailer(bytes.getInt(), Block.decode(bytes), Block.decode(bytes));
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
      ByteBuffer bytes = allocate(TRAILER_BYTES).putLong(MAGIC).putInt(VERSION).putInt(segments);
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
   * Appends an entry: id (length as short, UTF-8, index), split, start, end, 7 scores, the set of
   * modalities, and for each modality: offset (long), T, CRC-32C (int).
   *
   * @param order the {@linkplain ModalitySet#bitOrder order of the bits} of the store's modalities
   */
  static void encode(StoreEntry entry, List<Modality> order, ByteArrayOutputStream target) {
    SegmentInfo info = entry.info();
    byte[] video = info.id().video().getBytes(StandardCharsets.UTF_8);
    List<Modality> modalities = info.modalities().toList();
    int size = FIXED_ENTRY_BYTES + video.length + PLACE_BYTES * modalities.size();
    byte[] encoded = new byte[size];
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) video.length).put(video);
    bytes.putInt(info.id().index()).put((byte) entry.split().ordinal());
    bytes.putDouble(info.start()).putDouble(info.end());
    EmotionScores scores = info.scores();
    bytes.putFloat(scores.sentiment());
    for (Emotion emotion : Emotion.values()) {
      bytes.putFloat(scores.of(emotion));
    }
    bytes.put((byte) info.modalities().bits(order));
    entry
        .places()
        .forEach(
            (modality, place) ->
                bytes.putLong(place.offset()).putInt(info.steps(modality)).putInt(place.crc()));
    target.writeBytes(encoded);
  }

  static List<StoreEntry> decode(ByteBuffer index, int segments, List<Modality> order) {
    List<StoreEntry> entries = new ArrayList<>(segments);
    for (int s = 0; s < segments; s++) {
      byte[] video = new byte[Short.toUnsignedInt(index.getShort())];
      index.get(video);
      SegmentId id = new SegmentId(new String(video, StandardCharsets.UTF_8), index.getInt());
      Split split = Split.values()[index.get()];
      double start = index.getDouble();
      double end = index.getDouble();
      EmotionScores.Builder scores = EmotionScores.builder().sentiment(index.getFloat());
      for (Emotion emotion : Emotion.values()) {
        scores.score(emotion, index.getFloat());
      }
      PerModality.Builder<Integer> steps = PerModality.builder();
      PerModality.Builder<StoreEntry.Place> places = PerModality.builder();
      for (Modality modality :
          ModalitySet.ofBits(Byte.toUnsignedInt(index.get()), order).toList()) {
        long offset = index.getLong();
        steps.put(modality, index.getInt());
        places.put(modality, new StoreEntry.Place(offset, index.getInt()));
      }
      SegmentInfo info = new SegmentInfo(id, start, end, scores.build(), steps.build());
      entries.add(new StoreEntry(info, split, places.build()));
    }
    return entries;
  }
}
