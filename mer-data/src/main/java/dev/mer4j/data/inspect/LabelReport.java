package dev.mer4j.data.inspect;

/**
 * The segments and their labels.
 *
 * @param seconds per segment
 * @param negativeStarts segments that start before 0 s
 * @param unsortedVideos videos whose label rows are not in the order of time
 * @param overlapping segments that overlap the one before them in time
 * @param scoresOutOfRange label values that preparing clamps
 * @param none segments without any emotion: valid, and not "happy"
 * @param tied segments whose highest score belongs to several emotions, those without any included
 */
public record LabelReport(
    int videos,
    int segments,
    Percentiles seconds,
    int negativeStarts,
    int unsortedVideos,
    int overlapping,
    int scoresOutOfRange,
    int none,
    int tied) {}
