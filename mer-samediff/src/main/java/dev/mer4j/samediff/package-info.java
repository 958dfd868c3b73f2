/**
 * SameDiff graphs of ND4J: the complete network as one graph, and backend {@code samediff}, which
 * runs the encoders as graphs on any backend of ND4J.
 */
@NullMarked
package dev.mer4j.samediff;

import org.jspecify.annotations.NullMarked;
