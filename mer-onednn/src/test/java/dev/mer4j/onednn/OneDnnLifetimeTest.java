package dev.mer4j.onednn;

import dev.mer4j.core.LifetimeTest;

/** Runs the tests of closing and interrupts with {@code onednn}. */
class OneDnnLifetimeTest extends LifetimeTest {}
