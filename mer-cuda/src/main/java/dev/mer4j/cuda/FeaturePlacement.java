package dev.mer4j.cuda;

/**
 * The placement of the features during training.
 *
 * @param resident whether all features are in GPU memory, so that batches have none
 * @param description a description in one line
 */
record FeaturePlacement(boolean resident, String description) {}
