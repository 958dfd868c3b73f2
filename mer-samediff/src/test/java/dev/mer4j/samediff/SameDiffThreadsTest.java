package dev.mer4j.samediff;

import dev.mer4j.core.encoder.ThreadsTest;

/** Runs the tests of threads with {@code samediff}. */
class SameDiffThreadsTest extends ThreadsTest {}
