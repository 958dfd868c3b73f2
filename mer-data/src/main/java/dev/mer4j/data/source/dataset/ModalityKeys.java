package dev.mer4j.data.source.dataset;

import dev.mer4j.data.Modality;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The modalities of the keys of public data sets. */
final class ModalityKeys {
  /** The keys of each modality, the best first. */
  private static final Map<Modality, List<String>> KEYS =
      Map.of(
          Modality.TEXT, List.of("text", "src-text", "language", "words", "glove", "bert"),
          Modality.AUDIO, List.of("audio", "src-audio", "acoustic", "covarep"),
          Modality.VISUAL,
              List.of("visual", "vision", "src-visual", "src-vision", "video", "openface"));

  private ModalityKeys() {}

  /** Returns the modality of a key or of a file's name without its ending; null if unknown. */
  static @Nullable Modality of(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    for (Map.Entry<Modality, List<String>> entry : KEYS.entrySet()) {
      if (entry.getValue().contains(lower)) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** Returns the place of a key among those of its modality; the smallest is the best. */
  static int rank(Modality modality, String key) {
    return KEYS.getOrDefault(modality, List.of()).indexOf(key.toLowerCase(Locale.ROOT));
  }
}
