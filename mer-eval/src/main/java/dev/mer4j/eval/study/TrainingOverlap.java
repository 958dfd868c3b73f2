package dev.mer4j.eval.study;

import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The overlap of evaluated segments with those that a model was trained or selected on, by id.
 *
 * @param evaluated the number of evaluated segments
 * @param trained the number of these that the model was trained on
 * @param selected the number of these that its epoch and thresholds were selected on
 * @param sameGroup the number of the others that are of a group of those
 * @param groupsAreVideos whether the group of each evaluated segment is its video
 */
public record TrainingOverlap(
    int evaluated, int trained, int selected, int sameGroup, boolean groupsAreVideos) {
  /**
   * Compares segments with those that a model was trained and selected on.
   *
   * @return the overlap, or empty if the model's provenance does not name segments, as in older
   *     model folders
   */
  public static Optional<TrainingOverlap> of(Provenance provenance, SegmentSet segments) {
    if (provenance.trained().isEmpty() && provenance.selected().isEmpty()) {
      return Optional.empty();
    }
    int trained = 0;
    int selected = 0;
    int sameGroup = 0;
    boolean videos = true;
    for (int s = 0; s < segments.size(); s++) {
      SegmentId id = segments.info(s).id();
      if (provenance.trained().contains(id)) {
        trained++;
      } else if (provenance.selected().contains(id)) {
        selected++;
      } else if (provenance.trained().containsGroup(segments.info(s).group())
          || provenance.selected().containsGroup(segments.info(s).group())) {
        sameGroup++;
      }
      videos &= segments.info(s).group().equals(id.video());
    }
    return Optional.of(new TrainingOverlap(segments.size(), trained, selected, sameGroup, videos));
  }

  /** Returns a warning, or empty without an overlap. */
  public Optional<String> warning() {
    List<String> seen = new ArrayList<>();
    add(seen, trained, "the model was trained on");
    add(seen, selected, "its epoch and thresholds were selected on");
    String groups = groupsAreVideos ? "videos" : "groups";
    add(seen, sameGroup, "are of " + groups + " that it was trained or selected on");
    return seen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "WARNING: of the %d evaluated segments, %s. These figures do not measure"
                    + " performance on new data.",
                evaluated,
                String.join(", ", seen)));
  }

  private static void add(List<String> seen, int count, String what) {
    if (count > 0) {
      seen.add(count + " " + what);
    }
  }
}
