/**
 * The model: encoders, fusion, optimizer, model files, and the backends {@code native} and {@code
 * java}.
 */
module dev.mer4j.core {
  requires transitive dev.mer4j.data;
  requires com.fasterxml.jackson.databind;
  requires com.sun.jna;
  requires org.slf4j;

  exports dev.mer4j.core;
  exports dev.mer4j.core.encoder;
  exports dev.mer4j.core.fusion;
  exports dev.mer4j.core.provenance;
  exports dev.mer4j.core.optimizer;
  exports dev.mer4j.core.parameter;
  exports dev.mer4j.core.training;
  exports dev.mer4j.core.internal.cpu to
      dev.mer4j.cuda,
      dev.mer4j.onednn,
      dev.mer4j.samediff,
      dev.mer4j.eval,
      dev.mer4j.train,
      dev.mer4j.cli,
      com.sun.jna;
  exports dev.mer4j.core.internal.io to
      dev.mer4j.train,
      dev.mer4j.cli;
  exports dev.mer4j.core.internal.packed to
      com.sun.jna;

  opens dev.mer4j.core to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.core.encoder to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.core.fusion to
      com.fasterxml.jackson.databind;
  opens dev.mer4j.core.provenance to
      com.fasterxml.jackson.databind;

  uses dev.mer4j.core.encoder.Backend;

  provides dev.mer4j.core.encoder.Backend with
      dev.mer4j.core.internal.packed.NativeBackend,
      dev.mer4j.core.internal.packed.NativeBf16Backend,
      dev.mer4j.core.internal.packed.JavaBackend;
}
