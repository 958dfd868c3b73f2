package dev.mer4j.data.csd;

/**
 * A word of a transcript.
 *
 * @param start seconds into the video
 * @param end seconds into the video
 */
public record Word(String text, double start, double end) {}
