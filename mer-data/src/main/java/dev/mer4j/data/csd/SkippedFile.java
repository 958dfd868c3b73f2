package dev.mer4j.data.csd;

import java.nio.file.Path;

/**
 * A file in a data folder that is neither the labels nor one of the modalities.
 *
 * @param reason its content, and the option that selects it, if one exists
 */
public record SkippedFile(Path file, String reason) {}
