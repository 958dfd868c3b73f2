package dev.mer4j.data.segment;

/** What counts as one sample. */
public enum SampleUnit {
  /** Every labelled interval, with the rows that overlap it. */
  SEGMENT,
  /** The whole video, under the labels of its first interval; named {@code video[0]}. */
  VIDEO
}
