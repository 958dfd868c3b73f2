package dev.mer4j.data.csd;

import java.util.Locale;

/** How the numbers of a sequence lie in its file. */
public enum CsdLayout {
  /** One after the other, as in files of the older SDK, and in the release's large ones. */
  CONTIGUOUS,
  /** In chunks, each compressed by gzip at level 9, as the SDK has written since 1.2.0. */
  GZIP;

  /** The name in options. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
