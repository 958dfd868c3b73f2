package dev.mer4j.samediff;

import dev.mer4j.core.encoder.EncodersTest;

/** Runs the tests of every backend's encoders with {@code samediff}. */
class SameDiffEncodersTest extends EncodersTest {}
