package dev.mer4j.cli;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.Contributions.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Prints the terms of additive fusion as tables: one row per term, one column per class. */
final class TermLines {
  private TermLines() {}

  static void print(Console console, Contributions contributions, List<String> classes) {
    List<Term> terms = contributions.terms();
    List<List<String>> rows = rows(terms, Term::values);
    rows.add(0, row("no input", contributions.bias()));
    console.line("");
    console.line("Terms, whose sum is the logit:");
    console.table(header(classes), rows);
    List<Term> known = terms.stream().filter(term -> !term.relative().isEmpty()).toList();
    if (!known.isEmpty()) {
      console.line("");
      console.line("The same terms relative to their training means:");
      console.table(header(classes), rows(known, Term::relative));
    }
  }

  private static List<String> header(List<String> classes) {
    List<String> header = new ArrayList<>(List.of("term"));
    header.addAll(classes);
    return header;
  }

  private static List<List<String>> rows(List<Term> terms, Function<Term, List<Double>> values) {
    List<List<String>> rows = new ArrayList<>();
    terms.forEach(term -> rows.add(row(term.modalities().toString(), values.apply(term))));
    return rows;
  }

  private static List<String> row(String name, List<Double> values) {
    List<String> cells = new ArrayList<>(List.of(name));
    values.forEach(value -> cells.add(String.format(Locale.ROOT, "%+.3f", value)));
    return cells;
  }
}
