/** Metrics, missing modalities, attributions, calibration and statistics. */
module dev.mer4j.eval {
  requires transitive dev.mer4j.core;
  requires com.fasterxml.jackson.databind;
  requires org.apache.commons.statistics.distribution;

  exports dev.mer4j.eval;
  exports dev.mer4j.eval.attribution;
  exports dev.mer4j.eval.baseline;
  exports dev.mer4j.eval.benchmark;
  exports dev.mer4j.eval.calibration;
  exports dev.mer4j.eval.metric;
  exports dev.mer4j.eval.missing;
  exports dev.mer4j.eval.statistics;
  exports dev.mer4j.eval.study;
  exports dev.mer4j.eval.threshold;
}
