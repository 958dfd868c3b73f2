/** Models as ONNX files. */
module dev.mer4j.onnx {
  requires transitive dev.mer4j.core;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires static com.microsoft.onnxruntime;

  exports dev.mer4j.onnx;
}
