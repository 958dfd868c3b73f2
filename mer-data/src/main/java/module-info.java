/** Features in any form, as segments, as a sanitized store, and as batches. */
module dev.mer4j.data {
  requires transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  exports dev.mer4j;
  exports dev.mer4j.data;
  exports dev.mer4j.data.batch;
  exports dev.mer4j.data.coverage;
  exports dev.mer4j.data.csd;
  exports dev.mer4j.data.fold;
  exports dev.mer4j.data.inspect;
  exports dev.mer4j.data.label;
  exports dev.mer4j.data.sanitize;
  exports dev.mer4j.data.segment;
  exports dev.mer4j.data.source;
  exports dev.mer4j.data.source.array;
  exports dev.mer4j.data.source.csd;
  exports dev.mer4j.data.source.dataset;
  exports dev.mer4j.data.source.detect;
  exports dev.mer4j.data.source.form;
  exports dev.mer4j.data.source.table to
      dev.mer4j.eval;
  exports dev.mer4j.data.store;
  exports dev.mer4j.data.synth;
  exports dev.mer4j.seed;
  exports dev.mer4j.file;
  exports dev.mer4j.internal.json to
      dev.mer4j.cli,
      dev.mer4j.core,
      dev.mer4j.report;
  exports dev.mer4j.internal.lifetime to
      dev.mer4j.core,
      dev.mer4j.cuda,
      dev.mer4j.onednn,
      dev.mer4j.samediff;
  exports dev.mer4j.internal.segment to
      dev.mer4j.eval;

  opens dev.mer4j.data to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.data.batch to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.data.coverage to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.data.label to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.data.sanitize to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.data.segment to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.data.source.dataset to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.data.store to
      com.fasterxml.jackson.databind;
}
