package dev.mer4j.core.internal.packed;

/** The packed weights of one direction of one encoder. */
interface LstmWeights {
  /** Returns D. */
  int inputs();

  /** Returns whether the parameters are known to equal the packed ones. */
  boolean current();

  /** Packs the parameters, as before every training step. */
  void pack();

  /** Packs the parameters so that {@link #current} can tell whether they have changed. */
  void packForInference();
}
