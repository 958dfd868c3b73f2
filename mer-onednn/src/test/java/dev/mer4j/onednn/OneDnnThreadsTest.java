package dev.mer4j.onednn;

import dev.mer4j.core.encoder.ThreadsTest;

/** What is asked of every backend in many threads is asked of {@code onednn}. */
class OneDnnThreadsTest extends ThreadsTest {}
