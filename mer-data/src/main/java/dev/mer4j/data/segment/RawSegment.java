package dev.mer4j.data.segment;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;

/**
 * A segment as read from the files, before sanitizing.
 *
 * @param start seconds into the video
 * @param end seconds into the video
 * @param scores the scores, clamped to their ranges
 * @param sanitizedScores the number of scores that were clamped because they were out of range, or
 *     set to 0 because they were not finite
 * @param rows the rows of each modality that has any
 */
public record RawSegment(
    SegmentId id,
    double start,
    double end,
    EmotionScores scores,
    int sanitizedScores,
    PerModality<SegmentRows> rows) {}
