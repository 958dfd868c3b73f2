package dev.mer4j.core;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.io.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Standardization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the model folders and segments that {@code src/test/python/torch_logits.py} reads; the
 * folder to write to is the argument.
 */
final class TorchModel {
  static final SegmentSet SEGMENTS = RandomSegments.of(12, 9, 21);

  private TorchModel() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    save(Fusion.concatenation(), folder.resolve("concatenation"));
    save(new Fusion.Attention(4), folder.resolve("attention"));
    Files.writeString(folder.resolve("segments.json"), segments());
  }

  static void save(Fusion fusion, Path folder) {
    try (MultimodalModel model = build(fusion)) {
      model.save(folder, Provenance.UNKNOWN);
    }
  }

  static MultimodalModel build(Fusion fusion) {
    MultimodalModel model =
        MultimodalModel.builder()
            .inputs(RandomSegments.WIDTHS)
            .hidden(4)
            .headWidth(7)
            .fusion(fusion)
            .seed(31)
            .build();
    model.standardize(Standardization.fit(SEGMENTS));
    return model;
  }

  /** Each segment's features as {modality: [T, D]}; an absent modality is absent. */
  private static String segments() {
    ObjectMapper json = new ObjectMapper();
    ArrayNode all = json.createArrayNode();
    for (int s = 0; s < SEGMENTS.size(); s++) {
      ObjectNode segment = all.addObject();
      for (Modality modality : SEGMENTS.info(s).modalities().toList()) {
        int width = RandomSegments.WIDTHS.get(modality);
        int steps = SEGMENTS.info(s).steps(modality);
        float[] values = new float[steps * width];
        SEGMENTS.read(s, modality, values, 0);
        ArrayNode rows = segment.putArray(modality.key());
        for (int t = 0; t < steps; t++) {
          ArrayNode row = rows.addArray();
          for (int d = 0; d < width; d++) {
            row.add(values[t * width + d]);
          }
        }
      }
    }
    return all.toString();
  }
}
