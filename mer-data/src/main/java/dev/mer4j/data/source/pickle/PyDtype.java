package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.TypeString;
import java.util.List;

/** A numpy type, whose order of bytes follows when its state is set. */
final class PyDtype {
  private TypeString type;

  PyDtype(String notation) {
    type =
        TypeString.parse(notation)
            .orElseThrow(
                () ->
                    new PickleFault(
                        "unsupported numpy type '"
                            + notation
                            + "'; convert the array with astype and save it again"));
  }

  TypeString type() {
    return type;
  }

  /** Takes (version, order, subarray, names, fields, size, alignment, flags). */
  void setState(PickleArguments state) {
    String order = state.text(1);
    for (int i = 2; i < 5 && i < state.count(); i++) {
      if (state.get(i) != PyNone.NONE) {
        throw new PickleFault(
            "unsupported numpy type with fields; save each field as an array of its own");
      }
    }
    if (!List.of("<", ">", "|", "=").contains(order)) {
      throw new PickleFault("corrupt: a numpy type with the order of bytes '" + order + "'");
    }
    TypeString.order(order).ifPresent(known -> type = type.withOrder(known));
  }
}
