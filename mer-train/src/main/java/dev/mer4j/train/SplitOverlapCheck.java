package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Checks that the training and the validation split are disjoint. */
final class SplitOverlapCheck {
  private static final int NAMED = 5;

  private SplitOverlapCheck() {}

  /**
   * Checks that two splits share no segment and no video.
   *
   * @throws ConfigException if they do; the message names some and counts all
   */
  static void requireDisjoint(TrainingSplit train, ValidationSplit valid) {
    Set<SegmentId> segments = new HashSet<>();
    Set<String> groups = new HashSet<>();
    boolean onlyVideos = true;
    for (int s = 0; s < train.size(); s++) {
      SegmentInfo info = train.info(s);
      segments.add(info.id());
      groups.add(info.group());
      onlyVideos &= info.group().equals(info.id().video());
    }
    Set<SegmentId> sharedSegments = new TreeSet<>();
    Set<String> sharedGroups = new TreeSet<>();
    for (int s = 0; s < valid.size(); s++) {
      SegmentId id = valid.info(s).id();
      if (segments.contains(id)) {
        sharedSegments.add(id);
      }
      String group = valid.info(s).group();
      if (groups.contains(group)) {
        sharedGroups.add(group);
      }
    }
    List<String> problems = new ArrayList<>();
    report("segments", sharedSegments, problems);
    report(onlyVideos ? "videos" : "groups", sharedGroups, problems);
    ConfigException.throwIfAny(
        "the training and the validation split overlap, so selection on the validation split is"
            + " not meaningful",
        problems);
  }

  private static void report(String what, Set<?> shared, List<String> problems) {
    if (!shared.isEmpty()) {
      List<?> first = shared.stream().limit(NAMED).toList();
      String more =
          shared.size() > NAMED
              ? String.format(Locale.ROOT, " and %d more", shared.size() - NAMED)
              : "";
      problems.add(
          String.format(Locale.ROOT, "%d %s are in both: %s%s", shared.size(), what, first, more));
    }
  }
}
