package dev.mer4j.data.source.pickle;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Executes the opcodes of one pickle, which create objects and add them to others. */
final class PickleMachine {
  private static final int NEWEST_PROTOCOL = 5;

  private final PickleInput input;
  private final PickleExtension extension;
  private final PickleGlobals globals;
  private final HeapBudget heap;
  private final PickleStrings strings;
  private final PickleStack stack;
  private final Map<Long, Object> memo = new HashMap<>();
  private long opcodeAt;

  PickleMachine(PickleInput input, PickleExtension extension, HeapBudget heap) {
    this.input = input;
    this.extension = extension;
    this.heap = heap;
    globals = new PickleGlobals(extension);
    strings = new PickleStrings(input, heap);
    stack = new PickleStack(heap);
  }

  /** Returns the object of the pickle. */
  Object run() throws IOException {
    while (true) {
      opcodeAt = input.position();
      int opcode = input.u1();
      if (opcode == Opcode.STOP) {
        input.requireFrames();
        return stack.pop();
      }
      step(opcode);
    }
  }

  /** Returns the position of the last opcode. */
  long opcodeAt() {
    return opcodeAt;
  }

  /** Returns the place of the object being made, as far as it is known. */
  KeyPath keyPath() {
    return stack.keyPath();
  }

  private void step(int opcode) throws IOException {
    switch (opcode) {
      case Opcode.PROTO -> protocol(input.u1());
      case Opcode.FRAME -> input.frame(input.u8());

      case Opcode.NONE -> stack.push(PyNone.NONE);
      case Opcode.NEWTRUE -> stack.push(true);
      case Opcode.NEWFALSE -> stack.push(false);
      case Opcode.INT -> number(PickleNumbers.integerOrBoolean(input.line()));
      case Opcode.LONG -> number(PickleNumbers.integer(input.line().replaceFirst("L$", "")));
      case Opcode.BININT -> number((long) input.i4());
      case Opcode.BININT1 -> number((long) input.u1());
      case Opcode.BININT2 -> number((long) input.u2());
      case Opcode.LONG1 -> number(PickleNumbers.integer(input, input.u1()));
      case Opcode.LONG4 -> number(PickleNumbers.integer(input, input.u4()));
      case Opcode.FLOAT -> number(PickleNumbers.real(input.line()));
      case Opcode.BINFLOAT -> number(input.bigEndianDouble());

      case Opcode.UNICODE -> stack.push(strings.textLine());
      case Opcode.SHORT_BINUNICODE -> stack.push(strings.text(input.u1()));
      case Opcode.BINUNICODE -> stack.push(strings.text(input.u4()));
      case Opcode.BINUNICODE8 -> stack.push(strings.text(input.u8()));
      case Opcode.STRING -> stack.push(strings.quotedLine());
      case Opcode.SHORT_BINSTRING -> stack.push(strings.bytes(input.u1(), true));
      case Opcode.BINSTRING -> stack.push(strings.bytes(input.i4(), true));
      case Opcode.SHORT_BINBYTES -> stack.push(strings.bytes(input.u1(), false));
      case Opcode.BINBYTES -> stack.push(strings.bytes(input.u4(), false));
      case Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> stack.push(strings.bytes(input.u8(), false));

      case Opcode.EMPTY_LIST, Opcode.EMPTY_SET -> make(PyList.list());
      case Opcode.EMPTY_TUPLE -> make(PyList.tuple(List.of()));
      case Opcode.EMPTY_DICT -> make(new PyDict());
      case Opcode.LIST, Opcode.FROZENSET -> list(false, stack.popToMark());
      case Opcode.TUPLE -> list(true, stack.popToMark());
      case Opcode.TUPLE1 -> list(true, stack.pop(1));
      case Opcode.TUPLE2 -> list(true, stack.pop(2));
      case Opcode.TUPLE3 -> list(true, stack.pop(3));
      case Opcode.DICT -> dict(stack.popToMark());
      case Opcode.APPEND -> append(stack.pop(1));
      case Opcode.APPENDS, Opcode.ADDITEMS -> append(stack.popToMark());
      case Opcode.SETITEM -> setItems(stack.pop(2));
      case Opcode.SETITEMS -> setItems(stack.popToMark());

      case Opcode.MARK -> stack.mark();
      case Opcode.POP -> stack.drop();
      case Opcode.POP_MARK -> stack.popToMark();
      case Opcode.DUP -> stack.push(stack.peek());
      case Opcode.PUT -> memoize(PickleNumbers.index(input.line()));
      case Opcode.BINPUT -> memoize(input.u1());
      case Opcode.LONG_BINPUT -> memoize(input.u4());
      case Opcode.MEMOIZE -> memoize(memo.size());
      case Opcode.GET -> recall(PickleNumbers.index(input.line()));
      case Opcode.BINGET -> recall(input.u1());
      case Opcode.LONG_BINGET -> recall(input.u4());

      case Opcode.GLOBAL -> stack.push(globals.find(input.line(), input.line()));
      case Opcode.STACK_GLOBAL -> {
        PickleArguments names = new PickleArguments("a global", stack.pop(2));
        stack.push(globals.find(names.text(0), names.text(1)));
      }
      case Opcode.REDUCE, Opcode.NEWOBJ -> call(stack.pop());
      case Opcode.NEWOBJ_EX -> {
        if (!(stack.pop() instanceof PyDict keywords) || !keywords.items.isEmpty()) {
          throw new PickleFault("refused: a class is called with named arguments");
        }
        call(stack.pop());
      }
      case Opcode.BUILD -> build(stack.pop());
      case Opcode.INST -> throw globals.find(input.line(), input.line()).instanceFault();
      case Opcode.OBJ -> {
        List<Object> parts = stack.popToMark();
        throw new PickleArguments("an instance", parts).get(PyGlobal.class, 0).instanceFault();
      }
      case Opcode.PERSID -> persistent(input.line());
      case Opcode.BINPERSID -> persistent(stack.pop());
      case Opcode.EXT1, Opcode.EXT2, Opcode.EXT4 ->
          throw new PickleFault("refused: a class of Python's extension registry");
      case Opcode.NEXT_BUFFER, Opcode.READONLY_BUFFER ->
          throw new PickleFault(
              "refused: arrays outside of the pickle (buffer_callback); save without it");
      default ->
          throw new PickleFault(
              "corrupt: byte 0x" + Integer.toHexString(opcode) + " is not an opcode of a pickle");
    }
  }

  private void protocol(int protocol) {
    if (protocol > NEWEST_PROTOCOL) {
      throw new PickleFault("unsupported protocol " + protocol + "; save with protocol=5");
    }
  }

  private void number(Object number) {
    heap.chargeNumber();
    stack.push(number);
  }

  private void make(Object item) {
    heap.charge(0);
    stack.push(item);
  }

  private void list(boolean isTuple, List<Object> items) {
    heap.charge(8L * items.size());
    stack.push(new PyList(isTuple, items));
  }

  private void dict(List<Object> items) {
    make(new PyDict());
    setItems(items);
  }

  private void append(List<Object> items) {
    PyList list = stack.peek(PyList.class);
    if (list.isTuple) {
      throw new PickleFault("corrupt: an item is added to a tuple");
    }
    items.forEach(item -> heap.chargeReference());
    list.items.addAll(items);
  }

  private void setItems(List<Object> items) {
    if (items.size() % 2 != 0) {
      throw new PickleFault("corrupt: a key without a value");
    }
    items.forEach(item -> heap.chargeReference());
    stack.peek(PyDict.class).items.addAll(items);
  }

  private void memoize(long index) {
    heap.charge(0);
    memo.put(index, stack.peek());
  }

  private void recall(long index) {
    Object item = memo.get(index);
    if (item == null) {
      throw new PickleFault("corrupt: a reference to an object that was not created");
    }
    stack.push(item);
  }

  private void call(Object arguments) throws IOException {
    if (!(arguments instanceof PyList tuple)) {
      throw new PickleFault("corrupt: a call without arguments");
    }
    Object made = stack.peek(PyGlobal.class).apply(tuple, heap);
    stack.pop();
    stack.push(made);
  }

  private void build(Object state) {
    Object target = stack.peek();
    if (target instanceof PyArray array) {
      array.setState(PickleArguments.of("an array's state", state));
    } else if (target instanceof PyDtype type) {
      type.setState(PickleArguments.of("a type's state", state));
    } else if (!(target instanceof PyDict)) {
      throw new PickleFault("corrupt: a state for an object that has none");
    }
    // The state of a dict is what its class adds, such as torch's versions of modules.
  }

  private void persistent(Object id) {
    heap.charge(0);
    stack.push(extension.persistent(PickleArguments.of("a persistent id", id)));
  }
}
