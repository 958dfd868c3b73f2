package dev.mer4j.data.coverage;

import dev.mer4j.MerException;
import java.util.List;

/**
 * The data of the files that are in no segment, and the problems that prevent a preparation.
 *
 * @param problems the reasons why the files cannot be prepared, as sentences: a modality without
 *     segments, or an empty split; empty if they can
 * @param omissions the omitted data
 */
public record Coverage(List<String> problems, List<Omission> omissions) {
  /** All data are in the segments. */
  public static final Coverage COMPLETE = new Coverage(List.of(), List.of());

  public Coverage {
    problems = List.copyOf(problems);
    omissions = List.copyOf(omissions);
  }

  /**
   * Throws if the files cannot be prepared.
   *
   * @throws MerException with all problems
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new MerException(String.join("; ", problems));
    }
  }
}
