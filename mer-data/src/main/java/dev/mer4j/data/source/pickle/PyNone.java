package dev.mer4j.data.source.pickle;

/** None. */
enum PyNone {
  NONE
}
