/**
 * The fastest backend on CPUs: our own recurrence over packed rows, so that nothing is padded, and
 * oneDNN's matrix product for the rest.
 */
@NullMarked
package dev.mer4j.core.internal.packed;

import org.jspecify.annotations.NullMarked;
