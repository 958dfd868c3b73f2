/** The command line {@code mer}. */
module dev.mer4j.cli {
  requires dev.mer4j.onnx;
  requires dev.mer4j.report;
  requires dev.mer4j.train;
  requires info.picocli;
  requires java.management;
  requires me.tongfei.progressbar;

  uses dev.mer4j.train.cluster.ClusterProvider;

  opens dev.mer4j.cli to
      com.fasterxml.jackson.databind,
      info.picocli;
}
