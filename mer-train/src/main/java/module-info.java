/** Training: loop, modality dropout, selection, checkpoints, sweeps. */
module dev.mer4j.train {
  requires transitive dev.mer4j.eval;
  requires com.fasterxml.jackson.databind;
  requires org.apache.commons.statistics.distribution;
  requires org.slf4j;

  exports dev.mer4j.train;
  exports dev.mer4j.train.ablation;
  exports dev.mer4j.train.checkpoint;
  exports dev.mer4j.train.cluster;
  exports dev.mer4j.train.sweep;
  exports dev.mer4j.train.history;

  opens dev.mer4j.train to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.train.checkpoint to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.train.sweep to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.train.history to
      com.fasterxml.jackson.databind;
}
