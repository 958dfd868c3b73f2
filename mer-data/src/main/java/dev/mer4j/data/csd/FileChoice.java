package dev.mer4j.data.csd;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selects the label file and each modality's file among the files of a folder. */
final class FileChoice {
  private final Path folder;
  private final CsdListing listing;
  private final List<Candidate> remaining;
  private final @Nullable Path givenLabels;
  private PerModality<Path> features;

  FileChoice(Path folder, CsdListing listing, @Nullable Path labels, PerModality<Path> features) {
    this.folder = folder;
    this.listing = listing;
    givenLabels = labels;
    this.features = features;
    remaining = new ArrayList<>(listing.candidates());
    remaining.removeIf(c -> isSame(c.path(), labels));
    remaining.removeIf(c -> features.values().stream().anyMatch(f -> isSame(c.path(), f)));
  }

  private static boolean isSame(Path path, @Nullable Path other) {
    return other != null
        && path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  CsdFolder choose() {
    Path labels = givenLabels;
    if (labels == null) {
      labels = select("labels", "--labels", Candidate::labels);
    }
    for (Modality modality : Modality.MOSEI) {
      if (!features.has(modality)) {
        put(
            modality,
            select(
                modality.key() + " features",
                "--" + modality.key(),
                c -> modality.equals(c.modality())));
      }
    }
    selectTheOnlyRemaining();
    if (features.isEmpty()) {
      throw new FileException(
          folder,
          (labels == null ? "has no labels and no features" : "has labels but no features")
              + " among "
              + CsdListing.describe(listing.candidates()));
    }
    List<SkippedFile> skipped = new ArrayList<>(listing.skipped());
    remaining.forEach(c -> skipped.add(new SkippedFile(c.path(), reason(c))));
    return new CsdFolder(
        labels == null ? features.sorted().values().get(0) : labels, features, skipped);
  }

  private void put(Modality modality, @Nullable Path file) {
    if (file != null) {
      features = features.with(modality, file);
    }
  }

  /** Selects the file identified by a name, or else the one identified by its numbers. */
  private @Nullable Path select(String what, String option, Predicate<Candidate> fits) {
    List<Candidate> possible = remaining.stream().filter(fits).toList();
    List<Candidate> named = possible.stream().filter(Candidate::named).toList();
    List<Candidate> best = named.isEmpty() ? possible : named;
    if (best.size() > 1) {
      throw new FileException(
          folder,
          String.format(
              Locale.ROOT,
              "has %d files that could be %s: %s; select one with %s FILE",
              best.size(),
              what,
              CsdListing.describe(best),
              option));
    }
    return best.isEmpty() ? null : select(best.get(0));
  }

  private Path select(Candidate candidate) {
    remaining.remove(candidate);
    return candidate.path();
  }

  private void selectTheOnlyRemaining() {
    List<Candidate> unknown =
        remaining.stream().filter(c -> !c.labels() && c.modality() == null).toList();
    List<Modality> missing = missing();
    if (unknown.size() == 1 && missing.size() == 1) {
      put(missing.get(0), select(unknown.get(0)));
    }
  }

  private List<Modality> missing() {
    return Modality.MOSEI.stream().filter(m -> !features.has(m)).toList();
  }

  private String reason(Candidate candidate) {
    String about =
        String.format(Locale.ROOT, "root '%s', %d columns", candidate.root(), candidate.width());
    Modality modality = candidate.modality();
    if (candidate.labels()) {
      return about + "; it could be labels: select it with --labels FILE";
    }
    List<Modality> missing = missing();
    if (modality != null && (candidate.named() || missing.isEmpty())) {
      return String.format(
          Locale.ROOT,
          "%s; it could be %s features, but another file was selected; select it with --%s FILE",
          about,
          modality.key(),
          modality.key());
    }
    List<Modality> options = missing.isEmpty() ? Modality.MOSEI : missing;
    return about
        + "; its content is unknown: select it with "
        + options.stream().map(m -> "--" + m.key() + " FILE").collect(Collectors.joining(" or "));
  }
}
