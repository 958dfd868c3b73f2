package dev.mer4j.data.csd;

import java.util.Locale;

/** The layout of the numbers of a sequence in its file. */
public enum CsdLayout {
  /** Contiguous, as in files of older SDKs and in the large files of the release. */
  CONTIGUOUS,
  /** In chunks compressed by gzip at level 9, as the SDK writes since version 1.2.0. */
  GZIP;

  /** The name in options. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
