package dev.mer4j.data.inspect;

/**
 * The description of one file.
 *
 * @param role {@code labels} or a modality's key
 * @param type of the numbers, such as {@code float32}
 * @param layout of the numbers, such as {@code contiguous}
 * @param rows the number of rows in all entries
 * @param width D
 */
public record FileReport(
    String role,
    String file,
    long bytes,
    String root,
    String type,
    String layout,
    int videos,
    long rows,
    int width) {}
