package dev.mer4j.eval.study;

import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many of the evaluated segments a model has seen before, by their ids.
 *
 * @param evaluated all of them
 * @param trained of these, the ones that it was trained on
 * @param selected the ones that its epoch and thresholds were selected on
 * @param sameVideo the ones that are neither, but of a video of those
 */
public record TrainingOverlap(int evaluated, int trained, int selected, int sameVideo) {
  /**
   * Compares segments with those that a model was trained and selected on.
   *
   * @return nothing if the model's provenance does not name them, as in older model folders
   */
  public static Optional<TrainingOverlap> of(Provenance provenance, SegmentSet segments) {
    if (provenance.trained().isEmpty() && provenance.selected().isEmpty()) {
      return Optional.empty();
    }
    int trained = 0;
    int selected = 0;
    int sameVideo = 0;
    for (int s = 0; s < segments.size(); s++) {
      SegmentId id = segments.info(s).id();
      if (provenance.trained().contains(id)) {
        trained++;
      } else if (provenance.selected().contains(id)) {
        selected++;
      } else if (provenance.trained().containsVideo(id.video())
          || provenance.selected().containsVideo(id.video())) {
        sameVideo++;
      }
    }
    return Optional.of(new TrainingOverlap(segments.size(), trained, selected, sameVideo));
  }

  /** Returns a sentence for whoever reads the figures; nothing if no segment was seen. */
  public Optional<String> warning() {
    List<String> seen = new ArrayList<>();
    add(seen, trained, "the model was trained on");
    add(seen, selected, "its epoch and thresholds were selected on");
    add(seen, sameVideo, "are of videos that it was trained or selected on");
    return seen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "WARNING: of the %d evaluated segments, %s. These figures do not tell how the model"
                    + " does on new data.",
                evaluated,
                String.join(", ", seen)));
  }

  private static void add(List<String> seen, int count, String what) {
    if (count > 0) {
      seen.add(count + " " + what);
    }
  }
}
