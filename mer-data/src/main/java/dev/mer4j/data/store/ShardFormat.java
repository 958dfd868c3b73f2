package dev.mer4j.data.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.FeatureSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The byte format of a shard: the prepared videos of a range, for the program that wrote it. Its
 * records are those of a store, so that a merge copies them unchanged, or are already in their
 * place in another file. A shard of statistics has no records.
 *
 * <pre>
 * header    magic (8 bytes), the offset of the records in the other file, or 0 (long)
 * records   as in a store, at the same offset
 * videos    of each: header as JSON, index as in a store; the length of each as int before it
 * trailer   the offset of videos (long), the end of the records (long), the CRC-32C of videos (int)
 * </pre>
 *
 * <p>Numbers outside the index are big-endian.
 *
 * @param order the order of the bits of the modalities
 * @param labels of the data set
 */
record ShardFormat(List<Modality> order, List<Emotion> labels) {
  /** The bytes "MER4JSHD", big-endian. */
  static final long MAGIC = 0x4d4552344a534844L;

  static final int TRAILER_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(DoublesInJson.module()).build();

  static ShardFormat of(FeatureSource data) {
    return new ShardFormat(
        ModalitySet.of(data.features().modalities()).bitOrder(), data.emotions());
  }

  /**
   * A video of a shard.
   *
   * @param segments with the places of their records in the shard
   */
  record Video(String name, List<StoreEntry> segments, VideoStatistics statistics) {
    /** Returns a video without records. */
    static Video of(String name, PreparedVideo prepared) {
      List<StoreEntry> entries = new ArrayList<>();
      for (Segment segment : prepared.segments()) {
        entries.add(
            new StoreEntry(
                segment.info(),
                Split.NONE,
                segment.features().map(unused -> new StoreEntry.Place(0, 0))));
      }
      return new Video(name, entries, prepared.statistics());
    }

    List<SegmentInfo> infos() {
      return segments.stream().map(StoreEntry::info).toList();
    }
  }

  /** What a video has beside its segments. */
  record Header(String name, int segments, VideoStatistics statistics) {}

  /**
   * Returns a header.
   *
   * @param place the offset of the records in another file; 0 if they are in this one
   */
  static ByteBuffer header(long place) {
    return ByteBuffer.allocate(StoreFormat.HEADER_BYTES).putLong(MAGIC).putLong(place).flip();
  }

  /** Appends the description of a video. */
  void encode(Video video, DataOutputStream target) throws IOException {
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    video.segments().forEach(entry -> StoreFormat.encode(entry, order, index));
    block(
        JSON.writeValueAsBytes(
            new Header(video.name(), video.segments().size(), video.statistics())),
        target);
    block(index.toByteArray(), target);
  }

  /**
   * Returns the videos that {@link #encode} wrote. Other bytes raise an {@link IOException} or a
   * {@link RuntimeException}.
   */
  List<Video> decode(byte[] descriptions) throws IOException {
    List<Video> videos = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(descriptions));
    while (in.available() > 0) {
      Header header = JSON.readValue(block(in), Header.class);
      ByteBuffer index = ByteBuffer.wrap(block(in)).order(ByteOrder.LITTLE_ENDIAN);
      List<StoreEntry> segments = StoreFormat.decode(index, header.segments(), order, labels);
      if (index.hasRemaining()) {
        throw new IOException("bytes after the last segment of " + header.name());
      }
      videos.add(new Video(header.name(), segments, header.statistics()));
    }
    return videos;
  }

  private static void block(byte[] content, DataOutputStream target) throws IOException {
    target.writeInt(content.length);
    target.write(content);
  }

  private static byte[] block(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException();
    }
    return in.readNBytes(length);
  }
}
