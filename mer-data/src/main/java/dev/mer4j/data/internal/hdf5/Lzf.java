package dev.mer4j.data.internal.hdf5;

/**
 * Decompression of h5py's filter 32000, LZF.
 *
 * <p>Source: Marc Lehmann, liblzf, lzf_d.c. A byte b below 32 is followed by b + 1 literal bytes;
 * any other byte starts a reference to previously written bytes.
 */
final class Lzf {
  private Lzf() {}

  /**
   * Decompresses bytes.
   *
   * @return the number of bytes written
   * @throws Hdf5Exception if the input is damaged or the output is too small
   */
  static int decompress(byte[] input, int length, byte[] output) {
    int in = 0;
    int out = 0;
    try {
      while (in < length) {
        int control = input[in++] & 0xff;
        if (control < 32) {
          int count = control + 1;
          checkWithin(in + count, length);
          System.arraycopy(input, in, output, out, count);
          in += count;
          out += count;
        } else {
          int count = control >> 5;
          if (count == 7) {
            checkWithin(in + 1, length);
            count += input[in++] & 0xff;
          }
          checkWithin(in + 1, length);
          int from = out - ((control & 31) << 8) - (input[in++] & 0xff) - 1;
          // The source may overlap the target, which repeats the bytes just written.
          for (int i = 0; i < count + 2; i++) {
            output[out++] = output[from++];
          }
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new Hdf5Exception("LZF chunk is damaged", e);
    }
    return out;
  }

  private static void checkWithin(int end, int length) {
    if (end > length) {
      throw new Hdf5Exception("LZF chunk is truncated");
    }
  }
}
