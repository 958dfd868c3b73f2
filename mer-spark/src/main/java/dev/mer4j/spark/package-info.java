/** Scoring, preparation and sweeps on Apache Spark. */
@NullMarked
package dev.mer4j.spark;

import org.jspecify.annotations.NullMarked;
