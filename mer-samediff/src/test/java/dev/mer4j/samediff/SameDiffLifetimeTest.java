package dev.mer4j.samediff;

import dev.mer4j.core.LifetimeTest;

/** Runs the tests of closing and interrupts with {@code samediff}. */
class SameDiffLifetimeTest extends LifetimeTest {}
