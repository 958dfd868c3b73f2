package dev.mer4j.data.source.torch;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.TextNode;
import dev.mer4j.data.source.pickle.HeapBudget;
import dev.mer4j.data.source.pickle.PickleExtension;
import dev.mer4j.data.source.pickle.PickleFault;
import dev.mer4j.data.source.pickle.PickleSequence;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The format of {@code torch.save} before torch 1.6, which tensors in other pickles still have: the
 * pickles of a number, of the format's version, of the writer's types, of the object and of the
 * keys of its storages; then each storage, after the count of its numbers. Numbers are
 * little-endian whatever machine wrote them. Source: {@code _legacy_save} in torch/serialization.py
 * and {@code THPStorage_writeFileRaw}.
 */
final class LegacyFile {
  /** The pickled number that a file starts with, little-endian, after the opcode and its length. */
  private static final byte[] MAGIC = {
    (byte) 0x8A, 10, 0x6C, (byte) 0xFC, (byte) 0x9C, 0x46, (byte) 0xF9, 0x20, 0x6A, (byte) 0xA8
  };

  private static final int PROTO = 0x80;

  /** The start of a pickle of protocol 4 or 5, before the number: protocol and frame. */
  private static final int LONGEST_PREFIX = 11;

  private static final long VERSION = 1001;

  private final ByteSource file;
  private final FollowingStorages storages;
  private final PickleSequence pickles;
  private final PickleExtension extension;

  private LegacyFile(ByteSource file, PickleSequence pickles) {
    this.file = file;
    this.pickles = pickles;
    storages = new FollowingStorages(file);
    extension = new TorchStorages(storages, ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns whether the first bytes are those of such a file. */
  static boolean matches(byte[] start) {
    if (start.length == 0 || (start[0] & 0xFF) != PROTO) {
      return false;
    }
    for (int at = 2; at <= LONGEST_PREFIX && at + MAGIC.length <= start.length; at++) {
      if (Arrays.equals(start, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the saved object. */
  static Node read(ByteSource file) throws IOException {
    LegacyFile legacy = new LegacyFile(file, new PickleSequence(file));
    legacy.readHeader();
    Node object = legacy.pickles.next(legacy.extension);
    legacy.placeStorages();
    return object;
  }

  /** Returns the saved object as another pickle contains it. */
  static Object readObject(ByteSource file, HeapBudget heap) throws IOException {
    LegacyFile legacy = new LegacyFile(file, new PickleSequence(file, heap));
    legacy.readHeader();
    Object object = legacy.pickles.nextObject(legacy.extension);
    legacy.placeStorages();
    return object;
  }

  private void readHeader() throws IOException {
    Node magic = pickles.next(PickleExtension.NONE);
    if (!(magic instanceof NumberNode number) || !(number.value() instanceof BigInteger)) {
      throw file.fault(0, "corrupt: not what torch.save writes");
    }
    Node version = pickles.next(PickleExtension.NONE);
    if (!version.equals(new NumberNode(VERSION))) {
      throw file.fault(
          pickles.position(),
          "unsupported version of torch's format: " + version.describe() + ", not " + VERSION);
    }
    if (!(pickles.next(PickleExtension.NONE) instanceof DictNode)) {
      throw file.fault(pickles.position(), "corrupt: the types of torch's numbers are missing");
    }
  }

  private void placeStorages() throws IOException {
    Node keys = pickles.next(PickleExtension.NONE);
    if (!(keys instanceof ListNode list)) {
      throw file.fault(pickles.position(), "corrupt: the list of storages is " + keys.describe());
    }
    long position = pickles.position();
    try {
      for (Node key : list.items()) {
        if (!(key instanceof TextNode text)) {
          throw new PickleFault("corrupt: a storage has the key " + key.describe());
        }
        long count = file.read(position, Long.BYTES).getLong();
        position += Long.BYTES;
        position += storages.place(text.value(), count, position);
      }
      storages.requireAll();
    } catch (PickleFault e) {
      throw file.fault(position, e.getMessage());
    }
    if (position < file.length()) {
      throw file.fault(
          position,
          "unsupported: "
              + (file.length() - position)
              + " bytes follow the last storage; save each object to a file of its own");
    }
  }
}
