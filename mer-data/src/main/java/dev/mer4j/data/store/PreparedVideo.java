package dev.mer4j.data.store;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.SkippedItem;
import java.util.List;

/**
 * A video's segments, ready to be stored, and what was done on the way.
 *
 * @param truncated how many segments lost steps of each modality
 * @param sanitized what was mended in each modality
 * @param moments of each modality's columns, after mending and shortening
 * @param sanitizedScores label values that were clamped
 * @param dropped names of segments left out because they lack a modality
 * @param faults entries that could not be used
 * @param skipped what could be read and is in no segment
 */
record PreparedVideo(
    List<Segment> segments,
    PerModality<Integer> truncated,
    PerModality<SanitizeCounts> sanitized,
    PerModality<ColumnMoments> moments,
    int sanitizedScores,
    List<String> dropped,
    List<EntryFault> faults,
    List<SkippedItem> skipped) {}
