package dev.mer4j.data.segment;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;

/**
 * A segment as the files have it, before anything is mended.
 *
 * @param start seconds into the video
 * @param end seconds into the video
 * @param scores within their ranges
 * @param sanitizedScores how many of the scores were outside and have been clamped, or were no
 *     number and have become 0
 * @param rows of each modality that has any
 */
public record RawSegment(
    SegmentId id,
    double start,
    double end,
    EmotionScores scores,
    int sanitizedScores,
    PerModality<SegmentRows> rows) {}
