package dev.mer4j.data.source.array;

/** A value in an array file. */
public sealed interface Node
    permits DictNode,
        ListNode,
        TextNode,
        NumberNode,
        BooleanNode,
        NullNode,
        BytesNode,
        TextArray,
        NumericArray {

  /** Returns what it is in a few words, such as {@code a float32 array [10, 50, 74]}. */
  String describe();
}
