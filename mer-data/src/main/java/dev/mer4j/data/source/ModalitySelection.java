package dev.mer4j.data.source;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.List;

/**
 * The modalities of a source that are read.
 *
 * @param omitted the other modalities of the source
 */
public record ModalitySelection(ModalitySet selected, List<Modality> omitted) {
  public ModalitySelection {
    omitted = List.copyOf(omitted);
  }

  /**
   * Selects modalities of a source.
   *
   * @throws ConfigException if the source lacks one of them
   */
  public static ModalitySelection of(FeatureSource source, ModalitySet selected) {
    List<Modality> all = source.features().modalities();
    for (Modality modality : selected.toList()) {
      if (!all.contains(modality)) {
        throw new ConfigException(
            "--modalities " + modality.key() + ": " + source.labels() + " has only " + all);
      }
    }
    return new ModalitySelection(
        selected, all.stream().filter(modality -> !selected.contains(modality)).toList());
  }

  /** Returns the values of the selected modalities. */
  public <T> PerModality<T> select(PerModality<T> values) {
    PerModality.Builder<T> kept = PerModality.builder();
    values.forEach(
        (modality, value) -> {
          if (selected.contains(modality)) {
            kept.put(modality, value);
          }
        });
    return kept.build();
  }
}
