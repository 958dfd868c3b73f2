/**
 * The stock engine: ND4J's own operations in a SameDiff graph, on any backend of ND4J; the oracle
 * of the others.
 */
@NullMarked
package dev.mer4j.core.encoder.samediff;

import org.jspecify.annotations.NullMarked;
