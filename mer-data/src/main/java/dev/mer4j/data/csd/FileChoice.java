package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses the labels and each modality's file among those of a folder. */
final class FileChoice {
  private final Path folder;
  private final CsdListing listing;
  private final List<Candidate> untaken;
  private final @Nullable Path givenLabels;
  private PerModality<Path> features;

  FileChoice(Path folder, CsdListing listing, @Nullable Path labels, PerModality<Path> features) {
    this.folder = folder;
    this.listing = listing;
    givenLabels = labels;
    this.features = features;
    untaken = new ArrayList<>(listing.candidates());
    untaken.removeIf(c -> isSame(c.path(), labels));
    untaken.removeIf(c -> features.values().stream().anyMatch(f -> isSame(c.path(), f)));
  }

  private static boolean isSame(Path path, @Nullable Path other) {
    return other != null
        && path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  CsdFolder choose() {
    Path labels = givenLabels;
    if (labels == null) {
      labels = take("labels", "--labels", Candidate::labels);
    }
    if (labels == null) {
      throw new FileException(
          folder,
          "has no file of labels (6 or 7 columns) among "
              + CsdListing.describe(listing.candidates())
              + "; --labels FILE names it");
    }
    for (Modality modality : Modality.values()) {
      if (!features.has(modality)) {
        put(
            modality,
            take(
                modality.key() + " features",
                "--" + modality.key(),
                c -> c.modality() == modality));
      }
    }
    takeTheOnlyOneLeft();
    if (features.isEmpty()) {
      throw new FileException(
          folder, "has labels but no features among " + CsdListing.describe(listing.candidates()));
    }
    List<SkippedFile> notTaken = new ArrayList<>(listing.skipped());
    untaken.forEach(c -> notTaken.add(new SkippedFile(c.path(), reason(c))));
    return new CsdFolder(labels, features, notTaken);
  }

  private void put(Modality modality, @Nullable Path file) {
    if (file != null) {
      features = features.with(modality, file);
    }
  }

  /** Takes the file that a name tells, or else the one that the numbers tell. */
  private @Nullable Path take(String what, String option, Predicate<Candidate> fits) {
    List<Candidate> possible = untaken.stream().filter(fits).toList();
    List<Candidate> named = possible.stream().filter(Candidate::named).toList();
    List<Candidate> best = named.isEmpty() ? possible : named;
    if (best.size() > 1) {
      throw new FileException(
          folder,
          String.format(
              Locale.ROOT,
              "has %d files that could be %s: %s; say which one to take: %s FILE",
              best.size(),
              what,
              CsdListing.describe(best),
              option));
    }
    return best.isEmpty() ? null : taken(best.get(0));
  }

  private Path taken(Candidate candidate) {
    untaken.remove(candidate);
    return candidate.path();
  }

  private void takeTheOnlyOneLeft() {
    List<Candidate> unknown =
        untaken.stream().filter(c -> !c.labels() && c.modality() == null).toList();
    List<Modality> lacking = lacking();
    if (unknown.size() == 1 && lacking.size() == 1) {
      put(lacking.get(0), taken(unknown.get(0)));
    }
  }

  private List<Modality> lacking() {
    return Arrays.stream(Modality.values()).filter(m -> !features.has(m)).toList();
  }

  private String reason(Candidate candidate) {
    String about =
        String.format(Locale.ROOT, "root '%s', %d columns", candidate.root(), candidate.width());
    Modality modality = candidate.modality();
    if (candidate.labels()) {
      return about + "; it could be labels: --labels FILE takes it";
    }
    List<Modality> lacking = lacking();
    if (modality != null && (candidate.named() || lacking.isEmpty())) {
      return String.format(
          Locale.ROOT,
          "%s; it could be %s features, but another file is taken: --%s FILE takes this one",
          about,
          modality.key(),
          modality.key());
    }
    List<Modality> options = lacking.isEmpty() ? List.of(Modality.values()) : lacking;
    return about
        + "; nothing tells what it is: "
        + options.stream().map(m -> "--" + m.key() + " FILE").collect(Collectors.joining(" or "))
        + " takes it";
  }
}
