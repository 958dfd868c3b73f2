package dev.mer4j.onednn;

import dev.mer4j.core.encoder.EncodersTest;

/** Runs the tests of every backend's encoders with {@code onednn}. */
class OneDnnEncodersTest extends EncodersTest {}
