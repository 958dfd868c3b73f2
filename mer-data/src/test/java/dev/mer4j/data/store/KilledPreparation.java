package dev.mer4j.data.store;

import dev.mer4j.data.csd.CsdFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A program that prepares a store and pauses after some videos until it is killed. */
final class KilledPreparation {
  private KilledPreparation() {}

  public static void main(String[] arguments) {
    Preparation.builder(CsdFolder.find(Path.of(arguments[0])))
        .progress(
            (done, total) -> {
              if (done == Integer.parseInt(arguments[2])) {
                waitToBeKilled();
              }
            })
        .build()
        .run(Path.of(arguments[1]));
  }

  private static void waitToBeKilled() {
    System.out.println("here");
    try {
      System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
