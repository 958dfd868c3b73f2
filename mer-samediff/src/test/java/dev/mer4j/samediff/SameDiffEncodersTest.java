package dev.mer4j.samediff;

import dev.mer4j.core.encoder.EncodersTest;

/** What is asked of every backend is asked of {@code samediff}. */
class SameDiffEncodersTest extends EncodersTest {}
