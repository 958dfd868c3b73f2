package dev.mer4j.data.sanitize;

import dev.mer4j.data.Features;

/** Sanitized features, which are finite and within the limit, and the counts of changed values. */
public record Sanitized(Features features, SanitizeCounts counts) {}
