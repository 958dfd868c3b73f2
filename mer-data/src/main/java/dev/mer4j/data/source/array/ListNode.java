package dev.mer4j.data.source.array;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A list, tuple, set, or array of objects that are not all text. */
public record ListNode(List<Node> items) implements Node {

  /** Creates a list of the items, without a copy. */
  public ListNode {
    items = Collections.unmodifiableList(items);
  }

  /** Returns the items if all are numbers or arrays of rank 0; booleans count as 0 and 1. */
  public Optional<double[]> numbers() {
    double[] values = new double[items.size()];
    int count = 0;
    for (Node item : items) {
      if (item instanceof NumberNode number) {
        values[count++] = number.value().doubleValue();
      } else if (item instanceof BooleanNode bool) {
        values[count++] = bool.value() ? 1 : 0;
      } else if (item instanceof NumericArray array && array.rank() == 0) {
        values[count++] = array.readDoubles(0, 1)[0];
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Returns the items if all are text. */
  public Optional<TextArray> texts() {
    return TextArray.of(new long[] {items.size()}, items);
  }

  @Override
  public String describe() {
    return "a list of " + items.size();
  }
}
