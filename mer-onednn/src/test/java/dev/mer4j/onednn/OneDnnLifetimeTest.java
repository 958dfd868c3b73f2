package dev.mer4j.onednn;

import dev.mer4j.core.LifetimeTest;

/** What is asked of every backend that is closed is asked of {@code onednn}. */
class OneDnnLifetimeTest extends LifetimeTest {}
