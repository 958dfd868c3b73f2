package dev.mer4j.data.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.SkippedItem;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.file.FileMark;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The byte format of a shard: the prepared videos of a range, in float32, with the statistics that
 * the description of the store needs. It is read once, by the program that wrote it.
 *
 * <pre>
 * magic     8 bytes
 * video     header as JSON (length as int), index as in a store (length as int), features
 * </pre>
 *
 * @param order the order of the bits of the modalities
 * @param labels of the data set
 */
record ShardFormat(List<Modality> order, List<Emotion> labels) {
  /** The mark of a shard: its first eight bytes. */
  static final FileMark MARK = FileMark.startsWith("MER4JSHD");

  /** The bytes "MER4JSHD", big-endian. */
  static final long MAGIC = 0x4d4552344a534844L;

  private static final JsonMapper JSON = new JsonMapper();

  static ShardFormat of(FeatureSource data) {
    return new ShardFormat(
        ModalitySet.of(data.features().modalities()).bitOrder(), data.emotions());
  }

  /** What a video has beside its segments. */
  record Header(
      String name,
      int segments,
      PerModality<Integer> truncated,
      PerModality<SanitizeCounts> sanitized,
      PerModality<ColumnMoments.State> moments,
      int sanitizedScores,
      List<String> dropped,
      List<EntryFault> faults,
      List<SkippedItem> skipped) {}

  void write(String name, PreparedVideo video, DataOutputStream out) throws IOException {
    List<byte[]> features = new ArrayList<>();
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    for (Segment segment : video.segments()) {
      PerModality.Builder<StoreEntry.Place> places = PerModality.builder();
      segment
          .features()
          .forEach(
              (modality, own) -> {
                byte[] content = new byte[own.values().length * Float.BYTES];
                ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(own.values());
                places.put(modality, new StoreEntry.Place(0, StoreFormat.crc(bytes)));
                features.add(content);
              });
      StoreFormat.encode(new StoreEntry(segment.info(), Split.NONE, places.build()), order, index);
    }
    Header header =
        new Header(
            name,
            video.segments().size(),
            video.truncated(),
            video.sanitized(),
            video.moments().map(ColumnMoments::state),
            video.sanitizedScores(),
            video.dropped(),
            video.faults(),
            video.skipped());
    block(JSON.writeValueAsBytes(header), out);
    block(index.toByteArray(), out);
    for (byte[] each : features) {
      out.write(each);
    }
  }

  /**
   * Reads a video.
   *
   * @param file named in messages
   * @param name the name that it must have
   * @param widths D of each modality
   * @throws FileException if it has another name or is damaged
   */
  PreparedVideo read(Path file, String name, PerModality<Integer> widths, DataInputStream in)
      throws IOException {
    Header header = JSON.readValue(block(in), Header.class);
    if (!header.name().equals(name)) {
      throw new FileException(
          file, "has the video '" + header.name() + "' in place of '" + name + "'");
    }
    ByteBuffer index = ByteBuffer.wrap(block(in)).order(ByteOrder.LITTLE_ENDIAN);
    List<Segment> segments = new ArrayList<>();
    for (StoreEntry entry : StoreFormat.decode(index, header.segments(), order, labels)) {
      segments.add(segment(file, entry, widths, in));
    }
    return new PreparedVideo(
        segments,
        header.truncated(),
        header.sanitized(),
        header.moments().map(ColumnMoments::of),
        header.sanitizedScores(),
        header.dropped(),
        header.faults(),
        header.skipped());
  }

  private static Segment segment(
      Path file, StoreEntry entry, PerModality<Integer> widths, DataInputStream in)
      throws IOException {
    SegmentInfo info = entry.info();
    PerModality.Builder<Features> features = PerModality.builder();
    for (Modality modality : info.steps().modalities()) {
      int steps = info.steps(modality);
      float[] values = new float[steps * widths.get(modality)];
      byte[] bytes = in.readNBytes(values.length * Float.BYTES);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      if (StoreFormat.crc(buffer) != entry.place(modality).crc()) {
        throw StoreContents.damaged(file, "the " + modality.key() + " features of " + info.id());
      }
      buffer.asFloatBuffer().get(values);
      features.put(modality, new Features(steps, widths.get(modality), values));
    }
    return new Segment(
        info.id(), info.group(), info.start(), info.end(), info.scores(), features.build());
  }

  private static void block(byte[] content, DataOutputStream out) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  private static byte[] block(DataInputStream in) throws IOException {
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return content;
  }
}
