package dev.mer4j.data;

import java.util.Locale;

/** The role of a segment in an experiment; {@code NONE} for segments in no fold. */
public enum Split {
  TRAIN,
  VALID,
  TEST,
  NONE;

  /** The name in files and options, such as {@code train}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
