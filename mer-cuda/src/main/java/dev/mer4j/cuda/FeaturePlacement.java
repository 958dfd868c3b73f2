package dev.mer4j.cuda;

/**
 * Where the features of a training are.
 *
 * @param resident whether the GPU holds all of them, so that batches need none
 * @param description one line for people
 */
record FeaturePlacement(boolean resident, String description) {}
