/** Work on a cluster, which another module provides. */
@NullMarked
package dev.mer4j.train.cluster;

import org.jspecify.annotations.NullMarked;
