package dev.mer4j.data.source.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.ArrayFile;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.array.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pickles are written by hand here, byte by byte: characters are Latin-1. */
@Timeout(20)
final class HostilePickleTest {
  /** A numpy array whose state follows. */
  private static final String ARRAY = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\ntR";

  @TempDir Path folder;

  @Test
  void noCodeIsRun() throws IOException {
    refuses("\u0080\2cposix\nsystem\nX\2\0\0\0id\u0085R.", "asks for posix.system");
    refuses("\u0080\4\u008c\2os\u008c\6system\u0093.", "asks for os.system");
    refuses("\u0080\4\u008c\10builtins\u008c\4eval\u0093.", "asks for builtins.eval");
    refuses("(ios\nsystem\n.", "asks for os.system");
    refuses("(ibuiltins\nlist\n.", "an instance of builtins.list");
    refuses("\u0080\2(cbuiltins\nlist\no.", "an instance of builtins.list");
    refuses("\u0080\2cbuiltins\nint\nK\1\u0085R.", "calls a class that is only named");
    refuses("\u0080\2cnumpy\nndarray\n)R.", "calls a class that is only named");
    refuses("\u0080\2cbuiltins\nfloat\n.", "builtins.float itself as a value");
    refuses("\u0080\2\u0082\1.", "extension registry");
    refuses("\u0080\2cnumpy\ndtype\nX\2\0\0\0f4\u0085R.", "unsupported: a value that is no dict");
    refuses("\u0080\2P1\n.", "corrupt: a persistent id is not given a tuple");
    refuses("\u0080\2X\1\0\0\0a\u0085Q.", "data outside of the pickle");
    refuses("\u0080\5\u0097.", "buffer_callback");
    refuses("\u0080\6N.", "unsupported protocol 6");
    refuses("\u0080\2c_codecs\nencode\nX\1\0\0\0aX\3\0\0\0rot\u0086R.", "text encoded as rot");
  }

  @Test
  void theKeyAndTheByteAreNamed() throws IOException {
    String frame = "cpandas.core.frame\nDataFrame\n";
    refuses(
        "\u0080\2}X\5\0\0\0train}(X\2\0\0\0idNX\5\0\0\0audio" + frame + ")Rus.",
        "byte 33: train/audio: refused: the pickle asks for pandas.core.frame.DataFrame");
    refuses("\u0080\2}(X\1\0\0\0aNX\1\0\0\0b](N" + frame + ")Reu.", "b/1: refused");
    refuses(
        "\u0080\2}X\1\0\0\0a" + ARRAY + "(K\2K\2\u0085" + type("f4") + "\u0089C\3abctbs.",
        "a: truncated or corrupt: an array of shape [2] needs 8 bytes, found 3");
  }

  @ParameterizedTest
  @CsvSource({
    "c16, unsupported numpy type 'c16'",
    "M8[ns], unsupported numpy type 'M8[ns]'",
    "V3, unsupported numpy type 'V3'",
    "f3, unsupported numpy type 'f3'",
    "U99999999, unsupported numpy type 'U99999999'",
    "f4, needs 12 bytes",
    "U1, needs 12 bytes",
    "i8, needs 24 bytes"
  })
  void typesThatLieAreRefused(String type, String problem) throws IOException {
    refuses("\u0080\2" + ARRAY + "(K\1K\3\u0085" + type(type) + "\u0089C\4abcdtb.", problem);
  }

  @Test
  void shapesThatLieAreRefused() throws IOException {
    String f4 = type("f4") + "\u0089C\4abcdtb.";
    String state = "\u0080\2" + ARRAY + "(K\1";
    refuses(state + "J\u00ff\u00ff\u00ff\u00ff\u0085" + f4, "impossible shape [-1]");
    refuses(state + "J\0\0\0\u0080J\0\0\0\u0080\u0086" + f4, "impossible shape");
    String most = "J\u00ff\u00ff\u00ff\u007f";
    refuses(state + most + most + most + "\u0087" + f4, "impossible shape");
    refuses(state + most + "K\0\u0086" + f4, "needs 0 bytes, found 4");
    refuses(state + most + most + "K\0\u0087" + f4, "impossible shape");
    refuses(state + "(" + "K\1".repeat(33) + "t" + f4, "impossible shape");
    refuses(state + "(" + "K\1".repeat(65) + "t" + f4, "has 65 numbers");
    refuses(state + "N" + f4, "corrupt: argument 2 of an array's state is not a tuple");
    refuses(state + "K\3\u0085" + type("O8") + "\u0089]Natb.", "with 1 objects");
    String objects = type("O8") + "\u0089]tb.";
    refuses(state + most + "K\1\u0086" + objects, "with 0 objects");
    refuses(state + "J\u00ff\u00ff\u00ff\u00ffK\0\u0086" + objects, "with 0 objects");
    refuses("\u0080\2" + ARRAY + ".", "an array without content");
    refuses("\u0080\2cnumpy\ndtype\nX\2\0\0\0f4\u0085R(K\3X\1\0\0\0<K\1NNtb.", "with fields");
    refuses("\u0080\2cnumpy\ndtype\nX\2\0\0\0f4\u0085R(K\3X\1\0\0\0?NNNtb.", "order of bytes '?'");
  }

  @Test
  void anArrayWithoutObjectsHasAnyShape() throws IOException {
    String state = "\u0080\2" + ARRAY + "(K\1K\0K\3\u0086" + type("O8") + "\u0089]tb.";
    Path file = Files.write(folder.resolve("x.pkl"), state.getBytes(ISO_8859_1));
    try (ArrayFile open = ArrayFiles.open(file)) {
      assertThat(open.root()).isEqualTo(new ListNode(List.of()));
    }
  }

  /** As torch 2 writes {@code torch.tensor(1j).conj().imag}. */
  @Test
  void aTensorThatIsNegatedLaterIsRefused() throws IOException {
    String tensor = "\u0080\2ctorch._utils\n_rebuild_tensor_v2\n(NK\0))\u0089)";
    refuses(tensor + "}X\3\0\0\0neg\u0088stR.", "save tensor.resolve_neg()");
    refuses(tensor + "}tR.", "argument 1 of torch._utils._rebuild_tensor_v2");
  }

  @Test
  void lengthsThatLieAreRefusedBeforeMemoryIsTaken() throws IOException {
    refuses("\u0080\4\u008e\0\0\0\0\0\0\0@.", "truncated: 4611686018427387904 bytes");
    refuses("\u0080\4\u008e\0\0\0\0\0\0\0\u0080.", "a length of 9223372036854775808 bytes");
    refuses("\u0080\4\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.", "truncated");
    refuses("\u0080\5\u0096\0\0\0\0\0\1\0\0.", "truncated");
    refuses("\u0080\4\u0095\0\0\0\0\0\1\0\0N.", "truncated");
    refuses("\u0080\3B\u00ff\u00ff\u00ff\u00ff.", "truncated: 4294967295 bytes");
    refuses("\u0080\2X\u00ff\u00ff\u00ff\u007f.", "truncated: 2147483647 bytes");
    refuses("\u0080\2T\u00ff\u00ff\u00ff\u00ff.", "a length of -1 bytes");
    refuses("\u0080\2\u008b\u00ff\u00ff\u00ff\u007f.", "a number of 2147483647 bytes");
    refuses("\u0080\2\u008b\u00ff\u00ff\u00ff\u00ff.", "a number of 4294967295 bytes");
    refuses("I" + "9".repeat(2000) + "\n.", "a number of 2000 digits");
    refuses("F" + "9".repeat(9000) + "\n.", "a number or name of 9000 characters");
    refuses("Nr\u00ff\u00ff\u00ff\u00ff0j\u00fe\u00ff\u00ff\u00ff.", "a reference to an object");
  }

  @Test
  void bombsAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("\u0080\2]q\0");
    for (int i = 1; i < 60; i++) {
      bomb.append("](").append(("h" + (char) (i - 1)).repeat(10)).append("eq").append((char) i);
    }
    refuses(bomb + ".", "represents more than");
    refuses("\u0080\2" + "]".repeat(100_000) + "a".repeat(99_999) + ".", "nested more than 64");
    refuses("\u0080\2" + "\u0085".repeat(10) + ".", "an object is missing");
    refuses("\u0080\2N" + "\u0085".repeat(100_000) + ".", "nested more than 64");
    refuses("\u0080\2]q\0h\0a.", "byte 9: 0: unsupported: a self-reference to the top level");
    refuses("\u0080\2}q\0X\1\0\0\0ah\0s.", "a: unsupported: a self-reference to the top");
    refuses("\u0080\2]q\0h\0\u0085a.", "0/0: unsupported: a self-reference to the top");
    refuses("\u0080\2" + "]".repeat(40_000_000) + ".", "half of the heap");
    refuses("\u0080\2" + "(".repeat(40_000_000) + ".", "half of the heap");
    // A list is copied a thousand times.
    String copied = "\u0080\2](" + "N".repeat(100_000) + "eq\0";
    String copy = "cbuiltins\nlist\nh\0\u0085R";
    refuses(copied + copy.repeat(1000) + ".", "half of the heap");
  }

  @Test
  void aSelfReferenceNamesBothPlacesBriefly() throws IOException {
    String key = "X\5\0\0\0train";
    refuses(
        "\u0080\2}" + key + "}q\0X\4\0\0\0selfh\0ss.",
        ": train/self: unsupported: a self-reference to train; save the data without it");
    // The list train/a/0 contains the dict train.
    refuses("\u0080\2}" + key + "}q\0X\1\0\0\0a]h\0ass.", ": train/a/0: unsupported: a self-ref");
    refuses(
        "\u0080\2" + ("}" + key).repeat(80) + "N" + "s".repeat(80) + ".",
        ": train/train/train/…/train/train/train: nested more than 64 levels");
  }

  @Test
  void aFileOfTorchInAPickleIsReadByTheSameRules() throws IOException {
    String call = "ctorch.storage\n_load_from_bytes\n";
    String legacy =
        "\u0080\2\u008a\12l\u00fc\u009cF\u00f9 j\u00a8P\31.\u0080\2M\u00e9\3.\u0080\2}.\u0080\2";
    refuses("\u0080\3" + call + bytes("PK\3\4") + "\u0085R.", "truncated: a ZIP archive");
    refuses("\u0080\3" + call + bytes("") + "\u0085R.", "truncated");
    refuses("\u0080\3" + call + "K\1\u0085R.", "argument 1 of torch.storage._load_from_bytes");
    refuses(
        "\u0080\3" + call + bytes(legacy + "cposix\nsystem\n.") + "\u0085R.",
        "asks for posix.system");
    refuses(
        "\u0080\3" + call + bytes(legacy + call + bytes(legacy + "N.") + "\u0085R.") + "\u0085R.",
        "asks for torch.storage._load_from_bytes");
    refuses("\u0080\3" + call + bytes(legacy + "N.") + "\u0085R.", "truncated");
    refuses(
        "\u0080\3" + call + bytes(legacy + "N.\u0080\2]X\1\0\0\0001a.12345678") + "\u0085R.",
        "storage 1 is listed twice or belongs to no tensor");
    String storage = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0001X\3\0\0\0cpu";
    String keys = ".\u0080\2]X\1\0\0\0001a.";
    String list =
        legacy + storage + "J\u00ff\u00ff\u00ff\177NtQ" + keys + "\u00ff\u00ff\u00ff\177\0\0\0\0";
    refuses("\u0080\3" + call + bytes(list) + "\u0085R.", "truncated or corrupt: 8589934588 bytes");
    refuses(
        "\u0080\3"
            + call
            + bytes(legacy + storage + "K\2NtQ" + keys + "\1\0\0\0\0\0\0\0")
            + "\u0085R.",
        "storage 1 has 1 numbers, not 2");
    refuses(list.replace("\177N", "\u00ffN"), "a storage of -1 numbers");
    refuses(
        "\u0080\3"
            + call
            + bytes(legacy + storage + "K\0NtQ" + keys.replace("X\1\0\0\0001a", ""))
            + "\u0085R.",
        "the file has no storage 1");
    refuses(
        "\u0080\3"
            + call
            + bytes(legacy + storage + "K\0NtQ" + keys + "\0\0\0\0\0\0\0\0z")
            + "\u0085R.",
        "1 bytes follow the last storage");
    refuses(
        legacy.replace("M\u00e9\3", "M\u00e8\3") + "N.",
        "version of torch's format: the number 1000");
  }

  /** Returns the opcode of bytes. */
  private static String bytes(String content) {
    return "B"
        + (char) (content.length() & 0xFF)
        + (char) (content.length() >> 8)
        + "\0\0"
        + content;
  }

  @Test
  void nonsenseIsRefused() throws IOException {
    refuses("\u0080\2)Na.", "an item is added to a tuple");
    refuses("\u0080\2NNs.", "an object is missing");
    refuses("\u0080\2NNNs.", "of another kind than its use");
    refuses("\u0080\2}(Nu.", "a key without a value");
    refuses("\u0080\2}]Ns.", "a dict has a key that is no text");
    refuses("\u0080\2}}Ns.", "a dict has a key that is no text");
    refuses("\u0080\2}((\u0085t\u0085Ns.", "corrupt");
    refuses("\u0080\2}))\u0085Ns.", "corrupt");
    refuses("\u0080\2}(X\1\0\0\0001NK\1Nu.", "two keys of different types are both 1");
    refuses("\u0080\2]Nb.", "a state for an object that has none");
    refuses("\u0080\2t.", "a mark is missing");
    refuses("\u0080\2(.", "an object is missing");
    refuses("\u0080\2.", "an object is missing");
    refuses("\u0080\2N", "truncated");
    refuses("\u0080\2N.garbage", "byte 4: truncated");
    refuses("\u0080\2NNR.", "a call without arguments");
    refuses("\u0080\2N)R.", "of another kind than its use");
    refuses("\u0080\2\u0099.", "byte 0x99 is not an opcode");
    refuses("S'abc\n.", "a string without quotes");
    refuses("S'a\\q'\n.", "an unknown escape");
    refuses("V\\u00g0\n.", "not hexadecimal");
    refuses("Ngx\n.", "a reference that is not a number");
    refuses("Ix\n.", "a number that is none");
    refuses("Fx\n.", "a number that is none");
  }

  @Test
  void keysAndTextsThatPythonAllowsAreRead() throws IOException {
    Path file = write("\u0080\2}(X\1\0\0\0aK\1X\1\0\0\0aX\1\0\0\0b\u0088Nu.");
    try (ArrayFile arrays = ArrayFiles.open(file)) {
      DictNode dict = (DictNode) arrays.root();
      assertThat(dict.entries()).containsOnlyKeys("a", "True");
      assertThat(dict.get("a")).isEqualTo(new TextNode("b"));
    }
  }

  @Test
  void whatIsNotThereOrOfAnotherKindIsNamed() throws IOException {
    Path file = write("\u0080\2}(X\5\0\0\0train}X\5\0\0\0audioNsX\4\0\0\0testNu.");
    try (ArrayFile arrays = ArrayFiles.open(file)) {
      assertThatThrownBy(() -> arrays.get(NumericArray.class, "train", "text"))
          .hasMessage(file + ": has no train/text; train has audio");
      assertThatThrownBy(() -> arrays.get(NumericArray.class, "train", "audio"))
          .hasMessage(file + ": train/audio is None, expected an array of numbers");
      assertThatThrownBy(() -> arrays.get(DictNode.class, "valid"))
          .hasMessage(file + ": has no valid; the top level has train, test");
    }
  }

  private static String type(String notation) {
    return "cnumpy\ndtype\nX"
        + (char) notation.length()
        + "\0\0\0"
        + notation
        + "\u0085R(K\3X\1\0\0\0<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb";
  }

  private void refuses(String pickle, String problem) throws IOException {
    Path file = write(pickle);
    assertThatThrownBy(() -> ArrayFiles.open(file).close())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("x.npy: byte ")
        .hasMessageContaining(problem);
  }

  private Path write(String pickle) throws IOException {
    // The name says otherwise; the content counts.
    Path file = folder.resolve("x.npy");
    return Files.write(file, pickle.getBytes(ISO_8859_1));
  }
}
