package dev.mer4j.data.sanitize;

import dev.mer4j.data.Features;

/** Features that are finite and within the limit, and what it took to make them so. */
public record Sanitized(Features features, SanitizeCounts counts) {}
