package dev.mer4j.data.coverage;

import dev.mer4j.MerException;
import java.util.List;

/**
 * What of the files is not in the segments, and whether they can be used in spite of it.
 *
 * @param problems why the files cannot be prepared, in sentences: a modality without a single
 *     segment, or an empty split; none if they can
 * @param omissions what was passed over
 */
public record Coverage(List<String> problems, List<Omission> omissions) {
  /** Everything is in the segments. */
  public static final Coverage COMPLETE = new Coverage(List.of(), List.of());

  public Coverage {
    problems = List.copyOf(problems);
    omissions = List.copyOf(omissions);
  }

  /**
   * Raises an error if the files cannot be prepared.
   *
   * @throws MerException with all problems
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new MerException(String.join("; ", problems));
    }
  }
}
