/** The backend {@code onednn}, found by {@link java.util.ServiceLoader}. */
module dev.mer4j.onednn {
  requires dev.mer4j.core;
  requires com.sun.jna;
  requires org.bytedeco.dnnl;
  // Missing in the descriptor of org.bytedeco.dnnl.
  requires org.bytedeco.opencl;

  provides dev.mer4j.core.encoder.Backend with
      dev.mer4j.onednn.OneDnnBackend;
}
