package dev.mer4j.data.internal.hdf5;

/**
 * A link of a group as stored in the group's header or heap.
 *
 * @param order its creation order in the group; 0 if the file does not record it
 */
record NamedLink(String name, Link link, long order) {
  private static final int HARD = 0;
  private static final int SOFT = 1;
  private static final int EXTERNAL = 64;

  static NamedLink read(Fields message) {
    message.version("link", 1);
    int flags = message.unsigned8();
    int kind = (flags & 8) == 0 ? HARD : message.unsigned8();
    long order = (flags & 4) == 0 ? 0 : message.unsigned(8);
    message.skip((flags & 16) == 0 ? 0 : 1);
    String name = message.text(message.unsigned(1 << (flags & 3)));
    return new NamedLink(name, link(message, kind), order);
  }

  private static Link link(Fields message, int kind) {
    return switch (kind) {
      case HARD -> new Link.Hard(message.offset());
      case SOFT -> new Link.Soft(message.text(message.unsigned16()));
      case EXTERNAL -> {
        Fields value = message.part(message.unsigned16());
        value.skip(1);
        yield new Link.External(value.text(), value.text());
      }
      default -> new Link.Custom(kind);
    };
  }
}
