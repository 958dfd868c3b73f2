"""Checks ONNX files with ONNX's checker and shape inference, and prints their inputs, outputs and metadata keys.

    python3 check_onnx.py FILE...

The tests of mer-onnx leave files of every fusion, task and pooling in mer-onnx/target/onnx. Requires only ONNX (Debian:
python3-onnx).
"""
import sys

import onnx
from onnx import checker, shape_inference


def shape(value):
    tensor = value.type.tensor_type
    extents = [d.dim_param or d.dim_value for d in tensor.shape.dim]
    return f"{value.name} {onnx.TensorProto.DataType.Name(tensor.elem_type).lower()} {extents}"


for file in sys.argv[1:]:
    model = onnx.load(file)
    checker.check_model(model, full_check=True)
    inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
    print(f"{file}: valid, opset {model.opset_import[0].version}, IR version {model.ir_version}")
    print("  operators:", ", ".join(sorted({n.op_type for n in model.graph.node})))
    for kind, values in (("input", inferred.graph.input), ("output", inferred.graph.output)):
        for value in values:
            print(f"  {kind} {shape(value)}")
    print("  metadata:", ", ".join(p.key for p in model.metadata_props))
