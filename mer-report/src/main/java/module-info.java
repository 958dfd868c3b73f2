/** Reports: pages, charts and tables of data and of results. */
module dev.mer4j.report {
  requires transitive dev.mer4j.eval;
  requires transitive com.fasterxml.jackson.databind;
  requires com.google.common;
  requires java.desktop;
  requires org.slf4j;

  exports dev.mer4j.report;
  exports dev.mer4j.report.internal.chart to
      dev.mer4j.cli;
  exports dev.mer4j.report.internal.page to
      dev.mer4j.cli;
  exports dev.mer4j.report.internal.table to
      dev.mer4j.cli;
}
