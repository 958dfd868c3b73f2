package dev.mer4j.report.internal.page;

/**
 * A section of the page, linked from its navigation.
 *
 * @param body markup
 */
record Section(String id, String title, Html body) {}
