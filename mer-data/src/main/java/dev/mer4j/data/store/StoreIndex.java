package dev.mer4j.data.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.file.ChannelIo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** What a store has beside its records: header, index, info and trailer. */
final class StoreIndex {
  private final List<Modality> order;
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private int segments;
  private boolean mosei = true;

  /**
   * Creates an empty index.
   *
   * @param modalities all that segments may have
   */
  StoreIndex(ModalitySet modalities) {
    order = modalities.bitOrder();
  }

  void add(StoreEntry entry) {
    StoreFormat.encode(entry, order, index);
    mosei &= StoreFormat.isMosei(entry.info());
    segments++;
  }

  /** Writes the header of most stores, after which the records begin. */
  static void begin(FileChannel channel) throws IOException {
    ChannelIo.writeFully(channel, StoreFormat.header(StoreFormat.MOSEI_VERSION));
  }

  /** Writes everything after the last record, and the header again if it has another version. */
  void finish(FileChannel channel, StoreInfo info) throws IOException {
    if (!ModalitySet.of(info.widths().modalities()).bitOrder().equals(order)) {
      throw new IllegalArgumentException(
          "segments of " + order + " in a store of " + info.widths().modalities());
    }
    StoreFormat.Block indexBlock = block(channel, index.toByteArray());
    StoreFormat.Block infoBlock = block(channel, new JsonMapper().writeValueAsBytes(info));
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

  private static StoreFormat.Block block(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    StoreFormat.Block block =
        new StoreFormat.Block(channel.position(), content.length, StoreFormat.crc(bytes));
    ChannelIo.writeFully(channel, bytes);
    return block;
  }
}
