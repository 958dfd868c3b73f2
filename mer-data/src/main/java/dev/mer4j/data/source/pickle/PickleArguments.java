package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.ByteText;
import java.io.IOException;
import java.util.List;

/** The arguments of a call, or the state of an object, checked when they are taken. */
public final class PickleArguments {
  private static final int LONGEST_TEXT = 4096;
  private static final int MOST_NUMBERS = 64;

  private final String name;
  private final List<Object> items;

  PickleArguments(String name, List<Object> items) {
    this.name = name;
    this.items = items;
  }

  /** Returns an object that must be a tuple, as arguments. */
  static PickleArguments of(String name, Object tuple) {
    if (!(tuple instanceof PyList list)) {
      throw new PickleFault("corrupt: " + name + " is not given a tuple");
    }
    return new PickleArguments(name, list.items);
  }

  public int count() {
    return items.size();
  }

  /** Returns an argument. */
  public Object get(int index) {
    if (index >= items.size()) {
      throw fault(index, "is missing");
    }
    return items.get(index);
  }

  /** Returns whether an argument is None. */
  public boolean isNone(int index) {
    return get(index) == PyNone.NONE;
  }

  /** Returns whether an argument is None or a dict without entries. */
  public boolean isEmpty(int index) {
    return isNone(index) || (get(index) instanceof PyDict dict && dict.items.isEmpty());
  }

  /** Returns an argument that is a short text. */
  public String text(int index) {
    Object item = get(index);
    if (item instanceof String text) {
      return text;
    }
    if (item instanceof PyBytes text && text.isText() && text.bytes().length() < LONGEST_TEXT) {
      try {
        return ByteText.decode(text.bytes().bytes(0, (int) text.bytes().length()));
      } catch (IOException e) {
        throw new PickleFault("cannot be read: " + e.getMessage());
      }
    }
    throw fault(index, "is not a text");
  }

  /** Returns an argument that is a whole number; booleans are 0 and 1. */
  public long number(int index) {
    Object item = get(index);
    if (item instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (item instanceof Long number) {
      return number;
    }
    throw fault(index, "is not a whole number");
  }

  /** Returns an argument that is a tuple of whole numbers. */
  public long[] numbers(int index) {
    if (get(index) instanceof Long number) {
      return new long[] {number};
    }
    PickleArguments tuple = tuple(index);
    if (tuple.count() > MOST_NUMBERS) {
      throw fault(index, "has " + tuple.count() + " numbers");
    }
    long[] numbers = new long[tuple.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = tuple.number(i);
    }
    return numbers;
  }

  /** Returns an argument that is a tuple or list. */
  public PickleArguments tuple(int index) {
    if (get(index) instanceof PyList list) {
      return new PickleArguments(name, list.items);
    }
    throw fault(index, "is not a tuple");
  }

  /** Returns an argument of a class. */
  public <T> T get(Class<T> kind, int index) {
    Object item = get(index);
    if (!kind.isInstance(item)) {
      throw fault(index, "is of another kind than expected");
    }
    return kind.cast(item);
  }

  /** Returns an argument that is the bytes of an array. */
  public ByteSource bytes(int index) {
    return get(PyBytes.class, index).bytes();
  }

  /** Returns the name of the class or function that an argument is. */
  public String global(int index) {
    return get(PyGlobal.class, index).name();
  }

  private PickleFault fault(int index, String problem) {
    return new PickleFault("corrupt: argument " + (index + 1) + " of " + name + " " + problem);
  }
}
