package dev.mer4j.cuda;

import dev.mer4j.core.encoder.EncodersTest;

/** What is asked of every backend is asked of the emulated GPU's. */
class EmulatedEncodersTest extends EncodersTest {}
