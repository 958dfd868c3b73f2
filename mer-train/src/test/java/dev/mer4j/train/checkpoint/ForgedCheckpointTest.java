package dev.mer4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.core.Thresholds;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.file.Sha256;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints with impossible content and a correct SHA-256. */
class ForgedCheckpointTest {
  private static final int JSON_AT = 16;
  private static final int P = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path file;
  private byte[] good;

  @BeforeEach
  void writeCheckpoint() throws IOException {
    file = new CheckpointFolder(folder).save(checkpoint(1));
    byte[] whole = Files.readAllBytes(file);
    good = Arrays.copyOf(whole, whole.length - 32);
  }

  @Test
  void refusesLengthsThatTheFileDoesNotHave() throws IOException {
    int json = ByteBuffer.wrap(good).getInt(12);
    for (int value :
        new int[] {-1, Integer.MIN_VALUE, 0, 1, json - 1, json + 1, 1 << 28, Integer.MAX_VALUE}) {
      byte[] length = good.clone();
      ByteBuffer.wrap(length).putInt(12, value);
      assertRefused(length, "an impossible length of " + value);
    }
    for (int value : new int[] {-1, Integer.MIN_VALUE, 0, P - 1, P + 1, 1 << 30, 2147483647}) {
      byte[] parameters = good.clone();
      ByteBuffer.wrap(parameters).putInt(JSON_AT + json, value);
      assertRefused(parameters, value + " parameters");
    }
  }

  @Test
  void refusesInvalidSettings() throws IOException {
    List<String> absurd =
        List.of(
            "{\"totals\":{\"applied\":-1}}",
            "{\"totals\":{\"skipped\":2147483647}}",
            "{\"totals\":null}",
            "{\"history\":null}",
            "{\"history\":{\"epochs\":[null]}}",
            "{\"fingerprint\":null}",
            "{\"fingerprint\":{\"facts\":{\"seed\":null}}}",
            "{\"standardization\":null}",
            "{\"standardization\":{\"columns\":{\"TEXT\":{\"mean\":[1,2],\"scale\":[1]}}}}",
            "{\"best\":{\"epoch\":7}}",
            "{\"best\":{\"epoch\":0}}",
            "{\"best\":{\"thresholds\":null}}",
            "{\"best\":{\"thresholds\":{\"perEmotion\":[2,2,2,2,2,2]}}}",
            "{\"best\":null}",
            "{\"averaged\":true}",
            "{\"optimizerStep\":-3}",
            "{\"optimizerStep\":1e99}");
    for (String change : absurd) {
      ObjectNode json = (ObjectNode) json();
      merge(json, JSON.readTree(change));
      assertRefused(withJson(json.toString()), change);
    }
    for (String text : List.of("", "null", "[]", "3", "[".repeat(5000))) {
      assertRefused(withJson(text), text);
    }
  }

  @Test
  void randomBytesWithACorrectDigestCauseAFileException() throws IOException {
    Random random = new Random(3);
    for (int trial = 0; trial < 1000; trial++) {
      byte[] forged = good.clone();
      for (int flips = 0; flips <= random.nextInt(4); flips++) {
        forged[random.nextInt(forged.length)] = (byte) random.nextInt(256);
      }
      write(trial % 2 == 0 ? forged : Arrays.copyOf(forged, random.nextInt(forged.length)));
      try {
        CheckpointFile.read(file);
      } catch (FileException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
      } catch (RuntimeException | Error e) {
        fail("neither read nor refused", e);
      }
    }
  }

  @Test
  void folderUsesThePreviousCheckpointAndReportsAForgedOne() throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    Path older = file;
    file = checkpoints.save(checkpoint(2));
    byte[] forged = good.clone();
    ByteBuffer.wrap(forged).putInt(JSON_AT + ByteBuffer.wrap(good).getInt(12), 1 << 29);
    write(forged);
    List<String> problems = new ArrayList<>();

    var newest = checkpoints.newest(saved -> {}, (path, problem) -> problems.add(problem));

    assertThat(newest.orElseThrow().file()).isEqualTo(older);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith(file + ": corrupt: ").contains("536870912 parameters");
  }

  @Test
  void folderUsesThePreviousCheckpointIfACheckFails() {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    Path newer = checkpoints.save(checkpoint(2));
    List<String> problems = new ArrayList<>();

    var newest =
        checkpoints.newest(
            saved -> {
              if (saved.file().equals(newer)) {
                throw new FileException(newer, "does not fit");
              }
            },
            (path, problem) -> problems.add(problem));

    assertThat(newest.orElseThrow().file()).isEqualTo(file);
    assertThat(problems).containsExactly(newer + ": does not fit");
  }

  private static void merge(ObjectNode target, JsonNode change) {
    change
        .properties()
        .forEach(
            field -> {
              JsonNode old = target.get(field.getKey());
              if (field.getValue().isObject() && old instanceof ObjectNode inner) {
                merge(inner, field.getValue());
              } else {
                target.set(field.getKey(), field.getValue());
              }
            });
  }

  private JsonNode json() throws IOException {
    int length = ByteBuffer.wrap(good).getInt(12);
    return JSON.readTree(new String(good, JSON_AT, length, StandardCharsets.UTF_8));
  }

  private byte[] withJson(String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    int old = ByteBuffer.wrap(good).getInt(12);
    byte[] head = Arrays.copyOf(good, JSON_AT);
    ByteBuffer.wrap(head).putInt(12, json.length);
    return concat(head, json, Arrays.copyOfRange(good, JSON_AT + old, good.length));
  }

  private void assertRefused(byte[] content, String what) throws IOException {
    write(content);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .as(what)
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": ");
  }

  private void write(byte[] content) throws IOException {
    Files.write(file, concat(content, Sha256.newDigest().digest(content)));
  }

  private static Checkpoint checkpoint(int epochs) {
    List<EpochRecord> history = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      history.add(new EpochRecord(epoch, 4, 0, 0.5, 1, 0, 0.01, 0.5, 0.5, 1));
    }
    return new Checkpoint(
        new Fingerprint(Map.of("seed", "7")),
        new Checkpoint.Position(
            new History(history), EpochTotals.EMPTY.addStep(8, 0.5, 1, false, 0.01)),
        Standardization.identity(PerModality.of(Modality.TEXT, 3)),
        new BestEpoch(1, 0.5, 0.5, Thresholds.HALF, new float[P]),
        new AdamW.State(5, new float[P], new float[P]),
        new Checkpoint.Values(new float[P], null));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
