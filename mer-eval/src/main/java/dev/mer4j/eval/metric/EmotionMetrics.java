package dev.mer4j.eval.metric;

import dev.mer4j.data.Emotion;

/**
 * The metrics of the binary task of one emotion.
 *
 * @param averagePrecision in [0, 1]; NaN if no segment has the emotion
 * @param rocAuc in [0, 1]; NaN if no segment, or every segment, has the emotion
 */
public record EmotionMetrics(
    Emotion emotion, BinaryCounts counts, double averagePrecision, double rocAuc) {}
