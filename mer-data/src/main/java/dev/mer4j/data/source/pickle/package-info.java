/**
 * Reads pickles without executing anything: dicts, lists, texts, numbers and numpy arrays, of all
 * protocols. Whatever else a pickle names is refused by its name.
 *
 * <p>The payload of an array is never held in memory: a file is indexed by one pass that skips
 * payloads. Source: Python's Lib/pickle.py and Lib/pickletools.py; numpy's {@code __reduce__}.
 */
@NullMarked
package dev.mer4j.data.source.pickle;

import org.jspecify.annotations.NullMarked;
