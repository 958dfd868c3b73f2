package dev.mer4j.core;

import dev.mer4j.core.fusion.Head;
import dev.mer4j.data.ModalitySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the contributions of each row from the result of a head. */
final class ContributionReader {
  private final List<ModalitySet> terms;
  private final int classes;
  private final TermMeans means;

  ContributionReader(ModelConfig config, TermMeans means) {
    terms = config.head().terms();
    classes = config.labels().classCount();
    this.means = means;
  }

  /** Returns the contributions of a row; empty without additive fusion. */
  Optional<Contributions> of(Head.Output output, int row, ModalitySet available) {
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    int first = row * (1 + terms.size());
    List<Contributions.Term> present = new ArrayList<>();
    for (int t = 0; t < terms.size(); t++) {
      ModalitySet term = terms.get(t);
      if (available.containsAll(term)) {
        List<Double> values = values(output, first + 1 + t);
        present.add(new Contributions.Term(term, values, means.of(term)));
      }
    }
    return Optional.of(new Contributions(values(output, first), present));
  }

  private List<Double> values(Head.Output output, int at) {
    List<Double> values = new ArrayList<>(classes);
    for (int c = 0; c < classes; c++) {
      values.add((double) output.terms()[at * classes + c]);
    }
    return values;
  }
}
