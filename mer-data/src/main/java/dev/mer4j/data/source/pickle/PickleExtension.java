package dev.mer4j.data.source.pickle;

import java.util.Map;

/** The additions of a format that contains a pickle. */
public interface PickleExtension {
  /** Nothing is added. */
  PickleExtension NONE =
      new PickleExtension() {
        @Override
        public Map<String, PickleCall> globals() {
          return Map.of();
        }

        @Override
        public Object persistent(PickleArguments id) {
          throw new PickleFault("unsupported: data outside of the pickle");
        }
      };

  /** Returns more functions and classes that the pickle may name, by name. */
  Map<String, PickleCall> globals();

  /**
   * Returns an object that the pickle refers to by an id.
   *
   * @throws PickleFault if there is none
   */
  Object persistent(PickleArguments id);
}
