package dev.mer4j.samediff;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.HeadParameters;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/** Adds the terms of {@link Fusion.Additive} to a graph. */
record TermGraph(PrefixedGraph target, HeadShape shape, Parameters parameters) {
  /**
   * Returns the terms [B, C], zero where they are absent.
   *
   * @param states [B, 2H] of each modality
   * @param presence [B, M]
   * @param dropout [B, U], the factors of all hidden units
   */
  List<SDVariable> of(PerModality<SDVariable> states, SDVariable presence, SDVariable dropout) {
    List<ModalitySet> sets = shape.terms();
    SDVariable[] factors =
        sets.size() == 1
            ? new SDVariable[] {dropout}
            : target.graph().split(dropout, sets.size(), 1);
    List<SDVariable> terms = new ArrayList<>();
    for (int t = 0; t < sets.size(); t++) {
      ModalitySet set = sets.get(t);
      SDVariable[] own = set.toList().stream().map(states::get).toArray(SDVariable[]::new);
      SDVariable input = own.length == 1 ? own[0] : target.graph().concat(1, own);
      terms.add(
          new PerceptronGraph(target, parameters, HeadParameters.term(set))
              .of(input, factors[t])
              .mul(present(set, presence)));
    }
    return terms;
  }

  /** Returns [B, 1], 1 where a row has all modalities of a set, else 0. */
  private SDVariable present(ModalitySet set, SDVariable presence) {
    int count = shape.modalities().size();
    if (count == 1) {
      return presence;
    }
    float[] column = new float[count];
    set.toList().forEach(modality -> column[shape.modalities().indexOf(modality)] = 1);
    SDVariable members =
        target.constant("pick_" + set, Nd4j.createFromArray(column).reshape(count, 1));
    SDVariable found = presence.mmul(members);
    return target.graph().nn().relu(found.sub(set.size() - 1), 0);
  }
}
