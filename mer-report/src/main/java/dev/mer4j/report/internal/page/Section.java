package dev.mer4j.report.internal.page;

/**
 * A part of the page, to which its contents lead.
 *
 * @param body markup
 */
record Section(String id, String title, Html body) {}
