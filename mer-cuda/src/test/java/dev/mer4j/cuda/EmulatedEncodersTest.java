package dev.mer4j.cuda;

import dev.mer4j.core.encoder.EncodersTest;

/** Runs the tests of every backend on the emulated GPU. */
class EmulatedEncodersTest extends EncodersTest {}
