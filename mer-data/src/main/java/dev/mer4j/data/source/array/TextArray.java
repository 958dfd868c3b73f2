package dev.mer4j.data.source.array;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * An array of texts. Those of numpy's types U and S stay in the file, and are read on demand.
 *
 * @param shape extents, outermost first
 * @param texts in C order
 */
public record TextArray(long[] shape, List<String> texts) implements Node {

  /** Returns the texts of nodes, if all are text. */
  static Optional<TextArray> of(long[] shape, List<Node> items) {
    String[] texts = new String[items.size()];
    for (int i = 0; i < texts.length; i++) {
      if (!(items.get(i) instanceof TextNode text)) {
        return Optional.empty();
      }
      texts[i] = text.value();
    }
    return Optional.of(new TextArray(shape, List.of(texts)));
  }

  /**
   * Returns an array of objects: of texts if all are, otherwise nested lists by its axes.
   *
   * @param items in C order, as many as the shape says
   */
  public static Node ofObjects(long[] shape, List<Node> items) {
    if (shape.length == 0) {
      return items.get(0);
    }
    Optional<TextArray> texts = items.isEmpty() ? Optional.empty() : of(shape, items);
    return texts.isPresent() ? texts.get() : nested(shape, 0, items);
  }

  private static Node nested(long[] shape, int axis, List<Node> items) {
    if (axis == shape.length - 1 || items.isEmpty()) {
      return new ListNode(items);
    }
    int count = (int) shape[axis];
    int part = items.size() / count;
    Node[] rows = new Node[count];
    for (int i = 0; i < count; i++) {
      rows[i] = nested(shape, axis + 1, items.subList(i * part, (i + 1) * part));
    }
    return new ListNode(Arrays.asList(rows));
  }

  /** Returns an array of texts of one size, as in numpy's types U (UTF-32) and S. */
  static TextArray fixed(ByteSource bytes, TypeString type, Layout layout) {
    int elementBytes = type.kind() == 'U' ? type.size() * 4 : type.size();
    layout.check(bytes, elementBytes);
    if (layout.elements() > Integer.MAX_VALUE) {
      throw bytes.fault(0, "more texts than can be listed: " + layout.elements());
    }
    return new TextArray(layout.shape(), new Fixed(bytes, type, elementBytes, layout));
  }

  @Override
  public String describe() {
    return "a text array " + Arrays.toString(shape);
  }

  @Override
  public String toString() {
    return describe();
  }

  /** Texts in a file. */
  private static final class Fixed extends AbstractList<String> implements RandomAccess {
    private final ByteSource bytes;
    private final TypeString type;
    private final int elementBytes;
    private final Layout layout;

    Fixed(ByteSource bytes, TypeString type, int elementBytes, Layout layout) {
      this.bytes = bytes;
      this.type = type;
      this.elementBytes = elementBytes;
      this.layout = layout;
    }

    @Override
    public int size() {
      return (int) layout.elements();
    }

    @Override
    public String get(int index) {
      Objects.checkIndex(index, size());
      long element = layout.offset();
      long rest = index;
      for (int axis = layout.shape().length - 1; axis >= 0; axis--) {
        element += rest % layout.shape()[axis] * layout.strides()[axis];
        rest /= layout.shape()[axis];
      }
      try {
        long position = element * elementBytes;
        return type.kind() == 'U'
            ? utf32(bytes.read(position, elementBytes).order(type.order()))
            : latin(bytes.bytes(position, elementBytes));
      } catch (IOException e) {
        throw new FileException(bytes.file(), ReadFailure.reason(bytes.file(), e), e);
      } catch (ArrayFormatException e) {
        throw e.in(bytes.file());
      }
    }

    /** Returns characters up to the zeros at the end; what is no character becomes U+FFFD. */
    private static String utf32(ByteBuffer characters) {
      int end = characters.limit();
      while (end > 0 && characters.getInt(end - 4) == 0) {
        end -= 4;
      }
      StringBuilder text = new StringBuilder(end / 4);
      for (int i = 0; i < end; i += 4) {
        int character = characters.getInt(i);
        text.appendCodePoint(Character.isValidCodePoint(character) ? character : 0xFFFD);
      }
      return text.toString();
    }

    private static String latin(byte[] characters) {
      int end = characters.length;
      while (end > 0 && characters[end - 1] == 0) {
        end--;
      }
      return ByteText.decode(Arrays.copyOf(characters, end));
    }
  }
}
