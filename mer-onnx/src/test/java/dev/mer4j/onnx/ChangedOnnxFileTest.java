package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.FileException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.onnx.internal.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed in a file, reading it succeeds or throws a {@link FileException}. */
class ChangedOnnxFileTest {
  @TempDir private Path folder;

  @Test
  void otherMetadataCauseNothingButAFileException() throws IOException {
    Path file =
        TestModels.write(
            folder, TestModels.config(Fusion.additive(2), LabelSet.MULTI_LABEL).build());
    ModelProto written = ModelProto.parseFrom(Files.readAllBytes(file));
    for (int key = 0; key < written.getMetadataPropsCount(); key++) {
      for (String value :
          List.of("", "null", "0", "[]", "{}", "[null]", "{\"text\":null}", "{\"text\":[null]}")) {
        ModelProto.Builder changed = written.toBuilder();
        changed.getMetadataPropsBuilder(key).setValue(value);
        assertReadsOrIsRefused(file, changed.build().toByteArray());
      }
    }
  }

  @Test
  void changedBytesCauseNothingButAFileException() throws IOException {
    Path file =
        TestModels.write(
            folder, TestModels.config(Fusion.attention(), LabelSet.MULTI_LABEL).build());
    byte[] written = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] changed = Arrays.copyOf(written, i % 3 > 0 ? written.length : random.nextInt(3000));
      for (int change = 0; change < 3 && changed.length > 0; change++) {
        int at = random.nextInt(i % 3 == 1 ? Math.min(200, changed.length) : changed.length);
        changed[at] = (byte) random.nextInt();
      }
      assertReadsOrIsRefused(file, changed);
    }
  }

  private static void assertReadsOrIsRefused(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    try {
      OnnxFile.read(file).close();
      OnnxFile.provenance(file);
    } catch (FileException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
    }
  }
}
