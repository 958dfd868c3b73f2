/** Comparisons of settings over several data sets, with baselines. */
@NullMarked
package dev.mer4j.train.ablation;

import org.jspecify.annotations.NullMarked;
