package dev.mer4j.data.source.table;

import dev.mer4j.FileException;
import java.util.List;
import java.util.Locale;

/** Detects rows of several faces, as OpenFace writes them of a picture with several people. */
final class FaceCheck {
  private final TextTable table;
  private final int face;
  private final int instant;
  private String lastFace = "";
  private String lastInstant = "";

  FaceCheck(TextTable table) {
    this.table = table;
    face = table.column("face_id");
    instant = table.column(TimedTable.INSTANTS);
  }

  /** Throws if a row has the time of the row before it, and another face. */
  void check(List<String> row) {
    if (face < 0 || instant < 0) {
      return;
    }
    if (lastInstant.equals(row.get(instant)) && !lastFace.equals(row.get(face))) {
      throw new FileException(
          table.file(),
          String.format(
              Locale.ROOT,
              "line %d has face %s at the time of face %s, %s s; keep the rows of one person",
              table.line(),
              row.get(face),
              lastFace,
              lastInstant));
    }
    lastFace = row.get(face);
    lastInstant = row.get(instant);
  }
}
