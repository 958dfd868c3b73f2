package dev.mer4j.samediff;

import dev.mer4j.core.encoder.ThreadsTest;

/** What is asked of every backend in many threads is asked of {@code samediff}. */
class SameDiffThreadsTest extends ThreadsTest {}
