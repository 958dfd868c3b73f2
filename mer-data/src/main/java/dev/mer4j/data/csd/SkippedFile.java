package dev.mer4j.data.csd;

import java.nio.file.Path;

/**
 * A file in a data folder that is neither the labels nor one of the modalities.
 *
 * @param reason what it is, and which option takes it where one does
 */
public record SkippedFile(Path file, String reason) {}
