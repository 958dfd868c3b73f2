package dev.mer4j.onednn;

import dev.mer4j.core.encoder.EncodersTest;

/** What is asked of every backend is asked of {@code onednn}. */
class OneDnnEncodersTest extends EncodersTest {}
