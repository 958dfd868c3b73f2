/** The backends on an NVIDIA GPU, found by {@link java.util.ServiceLoader}. */
module dev.mer4j.cuda {
  requires dev.mer4j.core;
  requires com.sun.jna;
  requires org.slf4j;

  exports dev.mer4j.cuda.internal.driver to
      com.sun.jna;

  provides dev.mer4j.core.encoder.Backend with
      dev.mer4j.cuda.CudaBackend,
      dev.mer4j.cuda.Cuda3xTf32Backend,
      dev.mer4j.cuda.CudaTf32Backend,
      dev.mer4j.cuda.CudaBf16Backend;
}
