package dev.mer4j.data.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.file.ChannelIo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.Function;

/** Appends segments to a store. Only the index and the bytes of one segment are in memory. */
final class StoreWriter {
  private final FileChannel channel;
  private final RecordWriter records;
  private final List<Modality> order;
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private int segments;
  private boolean mosei = true;

  /**
   * Writes the header.
   *
   * @param modalities all that segments may have
   */
  StoreWriter(FileChannel channel, Precision precision, ModalitySet modalities) throws IOException {
    this.channel = channel;
    records = new RecordWriter(channel, precision);
    order = modalities.bitOrder();
    ChannelIo.writeFully(channel, StoreFormat.header(StoreFormat.MOSEI_VERSION));
  }

  void add(Segment segment, Split split) throws IOException {
    add(new StoreEntry(segment.info(), split, records.write(segment)));
  }

  /** Appends the records of a shard and the entries of its videos. */
  void add(ShardReader shard, Function<ShardFormat.Video, Split> splits) throws IOException {
    long shift = channel.position() - StoreFormat.HEADER_BYTES;
    shard.copyRecords(channel);
    for (ShardFormat.Video video : shard.videos()) {
      Split split = splits.apply(video);
      video.segments().forEach(entry -> add(entry.moved(split, shift)));
    }
  }

  private void add(StoreEntry entry) {
    StoreFormat.encode(entry, order, index);
    mosei &= StoreFormat.isMosei(entry.info());
    segments++;
  }

  void finish(StoreInfo info) throws IOException {
    if (!ModalitySet.of(info.widths().modalities()).bitOrder().equals(order)) {
      throw new IllegalArgumentException(
          "segments of " + order + " in a store of " + info.widths().modalities());
    }
    StoreFormat.Block indexBlock = block(index.toByteArray());
    StoreFormat.Block infoBlock = block(new JsonMapper().writeValueAsBytes(info));
    boolean old = mosei && info.labels().equals(Emotion.MOSEI);
    int version = old ? StoreFormat.MOSEI_VERSION : StoreFormat.VERSION;
    ChannelIo.writeFully(
        channel, new StoreFormat.Trailer(version, segments, indexBlock, infoBlock).encode());
    if (!old) {
      long end = channel.position();
      channel.position(0);
      ChannelIo.writeFully(channel, StoreFormat.header(version));
      channel.position(end);
    }
  }

  private StoreFormat.Block block(byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    StoreFormat.Block block =
        new StoreFormat.Block(channel.position(), content.length, StoreFormat.crc(bytes));
    ChannelIo.writeFully(channel, bytes);
    return block;
  }
}
