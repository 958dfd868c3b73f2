package dev.mer4j.data.source.table;

/**
 * A value of a table while it is read. A double quote at its start begins a quoted value, which
 * ends at the next quote that is not doubled.
 */
final class TextValue {
  private static final char QUOTE = '"';

  private final char separator;
  private final StringBuilder text = new StringBuilder();
  private State state = State.PLAIN;
  private boolean continued;
  private boolean misquoted;

  private enum State {
    PLAIN,
    QUOTED,
    /** After a quote in a quoted value, which ends it unless another one follows. */
    QUOTE,
    /** After a quoted value. */
    ENDED
  }

  TextValue(char separator) {
    this.separator = separator;
  }

  /** Adds a character; returns true if it is the separator, which ends the value. */
  boolean add(char c) {
    if (state == State.QUOTED) {
      if (c == QUOTE) {
        state = State.QUOTE;
      } else {
        text.append(c);
      }
      return false;
    }
    if (state == State.QUOTE) {
      state = c == QUOTE ? State.QUOTED : State.ENDED;
    } else if (c == QUOTE && state == State.PLAIN && isBlank()) {
      text.setLength(0);
      state = State.QUOTED;
      return false;
    }
    if (c == separator && state != State.QUOTED) {
      return true;
    }
    misquoted |= continued && state == State.ENDED && !Character.isWhitespace(c);
    text.append(c);
    return false;
  }

  private boolean isBlank() {
    return text.chars().allMatch(Character::isWhitespace);
  }

  /** Returns whether the line ends within a quoted value. */
  boolean isOpen() {
    return state == State.QUOTED;
  }

  /**
   * Returns whether text follows a quoted value of several lines: then a quote before it was not
   * one that begins a value.
   */
  boolean isMisquoted() {
    return misquoted;
  }

  /** Continues in the next line, and returns the number of characters so far. */
  int continueLine() {
    text.append('\n');
    continued = true;
    return text.length();
  }

  /** Returns the value without blanks around it, and starts the next one. */
  String take() {
    String value = text.toString().strip();
    text.setLength(0);
    state = State.PLAIN;
    continued = false;
    return value;
  }
}
