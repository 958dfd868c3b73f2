package dev.mer4j.data.store;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.batch.ColumnMoments;
import dev.mer4j.data.sanitize.SanitizeCounts;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.data.segment.SkippedItem;
import java.util.List;

/**
 * The statistics of the preparation of a video.
 *
 * @param truncated the number of truncated segments of each modality
 * @param sanitized the sanitized values of each modality
 * @param moments the column moments of each modality, after sanitizing and truncating
 * @param sanitizedScores the number of sanitized label values
 * @param dropped the names of segments omitted because they lack a modality
 * @param faults the entries that could not be used
 * @param skipped the readable items that are in no segment
 */
record VideoStatistics(
    PerModality<Integer> truncated,
    PerModality<SanitizeCounts> sanitized,
    PerModality<ColumnMoments.State> moments,
    int sanitizedScores,
    List<String> dropped,
    List<EntryFault> faults,
    List<SkippedItem> skipped) {}
