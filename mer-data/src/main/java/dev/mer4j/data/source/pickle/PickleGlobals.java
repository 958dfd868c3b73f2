package dev.mer4j.data.source.pickle;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions and classes that a pickle may name. */
final class PickleGlobals {
  private final Map<String, PyGlobal> known = new HashMap<>();

  PickleGlobals(PickleExtension extension) {
    for (String core : List.of("numpy.core.", "numpy._core.")) {
      add(core + "multiarray._reconstruct", NumpyCalls::reconstruct);
      add(core + "multiarray.scalar", NumpyCalls::scalar);
      add(core + "numeric._frombuffer", NumpyCalls::fromBuffer);
    }
    add("numpy.ndarray", PickleGlobals::notCalled);
    add("numpy.dtype", NumpyCalls::dtype);
    add("_codecs.encode", PickleGlobals::encode);
    add("collections.OrderedDict", PickleGlobals::dict);
    add("collections.defaultdict", (arguments, heap) -> new PyDict());
    // The settings that TAILOR's files have beside the data: plain values, which are not read.
    add("argparse.Namespace", PickleGlobals::dict);
    for (String builtins : List.of("builtins.", "__builtin__.")) {
      add(builtins + "set", PickleGlobals::list);
      add(builtins + "frozenset", PickleGlobals::list);
      add(builtins + "list", PickleGlobals::list);
      add(builtins + "tuple", PickleGlobals::list);
      add(builtins + "dict", PickleGlobals::dict);
      add(builtins + "bytes", PickleGlobals::bytes);
      add(builtins + "bytearray", PickleGlobals::bytes);
      add(builtins + "int", PickleGlobals::notCalled);
      add(builtins + "float", PickleGlobals::notCalled);
      add(builtins + "str", PickleGlobals::notCalled);
      add(builtins + "bool", PickleGlobals::notCalled);
    }
    extension.globals().forEach(this::add);
  }

  private void add(String name, PickleCall call) {
    known.put(name, new PyGlobal(name, call));
  }

  /** Returns what a pickle names. */
  PyGlobal find(String module, String attribute) {
    String name = module + "." + attribute;
    PyGlobal global = known.get(name);
    if (global == null) {
      throw new PickleFault(
          "refused: the pickle asks for "
              + name
              + ", and mer4j runs no code from a file; save the data as dicts, lists and numpy"
              + " arrays");
    }
    return global;
  }

  private static Object notCalled(PickleArguments arguments, HeapBudget heap) {
    throw new PickleFault("refused: the pickle calls a class that is only named in data");
  }

  private static Object dict(PickleArguments arguments, HeapBudget heap) {
    heap.charge(0);
    PyDict dict = new PyDict();
    if (arguments.count() == 0) {
      return dict;
    }
    // Python 2 passes a list of pairs.
    PickleArguments pairs = arguments.tuple(0);
    for (int i = 0; i < pairs.count(); i++) {
      PickleArguments pair = pairs.tuple(i);
      heap.charge(0);
      dict.items.add(pair.get(0));
      dict.items.add(pair.get(1));
    }
    return dict;
  }

  private static Object list(PickleArguments arguments, HeapBudget heap) {
    PyList list = PyList.list();
    for (int i = 0; arguments.count() > 0 && i < arguments.tuple(0).count(); i++) {
      heap.charge(0);
      list.items.add(arguments.tuple(0).get(i));
    }
    return list;
  }

  /** Bytes from nothing, from other bytes, or from Latin-1 text. */
  private static Object bytes(PickleArguments arguments, HeapBudget heap) throws IOException {
    heap.charge(0);
    if (arguments.count() == 0) {
      return PyBytes.ofLatin("");
    }
    return arguments.count() == 1 ? arguments.get(PyBytes.class, 0) : encode(arguments, heap);
  }

  /** {@code encode(text, 'latin1')}: how protocols up to 2 write bytes. */
  private static Object encode(PickleArguments arguments, HeapBudget heap) throws IOException {
    String codec = arguments.text(1);
    if (!codec.equals("latin1") && !codec.equals("latin-1")) {
      throw new PickleFault("refused: text encoded as " + codec);
    }
    if (arguments.get(0) instanceof PyText text) {
      heap.charge(0);
      return text.encode();
    }
    String text = arguments.text(0);
    heap.charge(text.length());
    return PyBytes.ofLatin(text);
  }
}
