package dev.mer4j.samediff;

import dev.mer4j.core.LifetimeTest;

/** What is asked of every backend that is closed is asked of {@code samediff}. */
class SameDiffLifetimeTest extends LifetimeTest {}
