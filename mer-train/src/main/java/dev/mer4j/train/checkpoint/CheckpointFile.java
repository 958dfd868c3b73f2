package dev.mer4j.train.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Sha256;
import dev.mer4j.file.Uninterrupted;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a checkpoint, version 2; numbers are big-endian:
 *
 * <ol>
 *   <li>the eight bytes {@code mer4jckp} and an int, the version
 *   <li>an int n and n bytes of JSON in UTF-8: everything except arrays over P
 *   <li>an int, P, and three to five times P floats: the parameters, the optimizer's first and
 *       second moments, the best parameters after the first epoch, and the average of the
 *       parameters if the run has one
 *   <li>32 bytes, the SHA-256 of all preceding bytes
 * </ol>
 */
final class CheckpointFile {
  private static final long MAGIC = 0x6d65_7234_6a63_6b70L;
  private static final int VERSION = 2;
  private static final int DIGEST_BYTES = 32;

  /** Magic, version, length of the JSON, and P. */
  private static final int FIXED_BYTES = Long.BYTES + 3 * Integer.BYTES;

  private static final int CHUNK = 1 << 14;
  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckpointFile() {}

  private record Header(
      Fingerprint fingerprint,
      History history,
      EpochTotals totals,
      Standardization standardization,
      @Nullable BestEpochHeader best,
      int optimizerStep,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean averaged) {
    Header {
      Objects.requireNonNull(fingerprint, "no fingerprint");
      Objects.requireNonNull(history, "no history");
      Objects.requireNonNull(totals, "no totals");
      Objects.requireNonNull(standardization, "no standardization");
      if (best != null && (best.epoch() < 1 || best.epoch() > history.epochs().size())) {
        throw new MerException("no epoch " + best.epoch() + " to be the best");
      }
      if (optimizerStep < 0) {
        throw new MerException("optimizer step " + optimizerStep);
      }
    }

    /** Returns the number of arrays over P that follow. */
    int arrays() {
      return 3 + (best == null ? 0 : 1) + (averaged ? 1 : 0);
    }
  }

  private record BestEpochHeader(int epoch, double macroF1, double loss, Thresholds thresholds) {
    BestEpochHeader {
      Objects.requireNonNull(thresholds, "no thresholds");
    }

    static @Nullable BestEpochHeader of(@Nullable BestEpoch best) {
      return best == null
          ? null
          : new BestEpochHeader(best.epoch(), best.macroF1(), best.loss(), best.thresholds());
    }

    BestEpoch with(float[] parameters) {
      return new BestEpoch(epoch, macroF1, loss, thresholds, parameters);
    }
  }

  static void write(Path file, Checkpoint checkpoint) {
    // A corrupt checkpoint may lack the mark, and is replaced too.
    OutputFile output = OutputFile.of(file, FileMark.startsWith("mer4jckp")).overwriting(true);
    output.write(
        channel -> {
          OutputStream bytes = Channels.newOutputStream(channel);
          DigestOutputStream hashing = new DigestOutputStream(bytes, Sha256.newDigest());
          write(new DataOutputStream(hashing), checkpoint);
          bytes.write(hashing.getMessageDigest().digest());
        });
  }

  private static void write(DataOutputStream out, Checkpoint checkpoint) throws IOException {
    BestEpoch best = checkpoint.best();
    AdamW.State optimizer = checkpoint.optimizer();
    float[] average = checkpoint.values().average();
    Header header =
        new Header(
            checkpoint.fingerprint(),
            checkpoint.history(),
            checkpoint.totals(),
            checkpoint.standardization(),
            BestEpochHeader.of(best),
            optimizer.step(),
            average != null);
    byte[] json = JSON.writeValueAsBytes(header);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(json.length);
    out.write(json);
    out.writeInt(checkpoint.parameters().length);
    for (float[] values : List.of(checkpoint.parameters(), optimizer.mean(), optimizer.square())) {
      write(out, values);
    }
    if (best != null) {
      write(out, best.parameters());
    }
    if (average != null) {
      write(out, average);
    }
  }

  private static void write(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      chunk.asFloatBuffer().put(values, from, count);
      out.write(chunk.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Reads a checkpoint; an interrupt of the thread does not abort the read.
   *
   * @throws FileException if it is corrupt, of another version or not a checkpoint, or has
   *     impossible values, regardless of its digest
   */
  static Checkpoint read(Path file) {
    return Uninterrupted.get(() -> readOnce(file));
  }

  private static Checkpoint readOnce(Path file) {
    try {
      long content = requireWhole(file);
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        return read(file, in, content);
      }
    } catch (JsonProcessingException e) {
      throw new FileException(
          file, "corrupt: its JSON header cannot be parsed: " + e.getOriginalMessage(), e);
    } catch (EOFException e) {
      throw new FileException(file, "truncated: the file ends before its arrays do", e);
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Verifies the digest, and returns the number of bytes before it. */
  private static long requireWhole(Path file) throws IOException {
    long content = Files.size(file) - DIGEST_BYTES;
    if (content > 0) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] found = new Sha256().put(in, content).bytes();
        if (Arrays.equals(found, in.readNBytes(DIGEST_BYTES))) {
          return content;
        }
      }
    }
    throw new FileException(file, "SHA-256 mismatch; the file is corrupt");
  }

  private static Checkpoint read(Path file, DataInputStream in, long content) throws IOException {
    if (in.readLong() != MAGIC) {
      throw new FileException(file, "not a checkpoint");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "has checkpoint format version %d, but this version of mer4j reads" + " version %d",
              version,
              VERSION));
    }
    int length = in.readInt();
    if (length < 0 || length > content - FIXED_BYTES) {
      throw new FileException(
          file, "corrupt: its JSON header has an impossible length of " + length + " bytes");
    }
    Header header = JSON.readValue(in.readNBytes(length), Header.class);
    if (header == null) {
      throw new FileException(file, "corrupt: its JSON header is missing");
    }
    int size = in.readInt();
    long floats = content - FIXED_BYTES - length;
    if (size < 0 || floats != (long) header.arrays() * size * Float.BYTES) {
      throw new FileException(
          file, "corrupt: " + floats + " bytes do not match the state of " + size + " parameters");
    }
    float[] parameters = floats(in, size);
    float[] mean = floats(in, size);
    float[] square = floats(in, size);
    BestEpochHeader bestHeader = header.best();
    BestEpoch best = bestHeader == null ? null : bestHeader.with(floats(in, size));
    return new Checkpoint(
        header.fingerprint(),
        new Checkpoint.Position(header.history(), header.totals()),
        header.standardization(),
        best,
        new AdamW.State(header.optimizerStep(), mean, square),
        new Checkpoint.Values(parameters, header.averaged() ? floats(in, size) : null));
  }

  private static float[] floats(DataInputStream in, int size) throws IOException {
    float[] values = new float[size];
    byte[] chunk = new byte[CHUNK * Float.BYTES];
    for (int from = 0; from < size; from += CHUNK) {
      int count = Math.min(CHUNK, size - from);
      in.readFully(chunk, 0, count * Float.BYTES);
      ByteBuffer.wrap(chunk).asFloatBuffer().get(values, from, count);
    }
    return values;
  }
}
