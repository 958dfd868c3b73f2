package dev.mer4j.train;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Checks that a model can be trained on a training split and selected on a validation split. */
final class SplitCheck {
  private static final int NAMED = 5;

  private SplitCheck() {}

  /**
   * Checks that both splits have the model's labels and at least one label of its task, that the
   * ids within each split are unique, and that the splits share no segment and no group.
   *
   * @throws ConfigException if not; of shared segments, the message names some and counts all
   */
  static void require(MultimodalModel model, TrainingSplit train, ValidationSplit valid) {
    requireLabeled("training", model, train);
    requireLabeled("validation", model, valid);
    requireUniqueIds("training", train);
    requireUniqueIds("validation", valid);
    requireDisjoint(train, valid);
  }

  private static void requireLabeled(String role, MultimodalModel model, SegmentSet segments) {
    LabelSet labels = model.config().labels();
    labels.requireLabels(segments.labels());
    boolean none =
        IntStream.range(0, segments.size())
            .noneMatch(s -> labels.targets(segments.info(s).scores()).isPresent());
    if (none) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "none of the %d segments of the %s data has a label for the %s task; check the labels"
                  + " and the folds of the data",
              segments.size(),
              role,
              labels.task().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
  }

  private static void requireUniqueIds(String role, SegmentSet segments) {
    Set<SegmentId> ids = new HashSet<>();
    for (int s = 0; s < segments.size(); s++) {
      SegmentId id = segments.info(s).id();
      if (!ids.add(id)) {
        throw new ConfigException(
            "two segments of the " + role + " data have the id " + id + "; ids must be unique");
      }
    }
  }

  private static void requireDisjoint(TrainingSplit train, ValidationSplit valid) {
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
