package dev.mer4j.onednn;

import dev.mer4j.core.encoder.ThreadsTest;

/** Runs the tests of threads with {@code onednn}. */
class OneDnnThreadsTest extends ThreadsTest {}
