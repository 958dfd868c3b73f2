package dev.mer4j.data.segment;

/** The unit of one sample. */
public enum SampleUnit {
  /** Each labeled interval, with the rows that overlap it. */
  SEGMENT,
  /** The whole video, with the mean of its intervals' labels, named {@code video[0]}. */
  VIDEO
}
