package dev.mer4j.cuda.internal.driver;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.mer4j.core.internal.cpu.Jna;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the CUDA driver API that mer4j calls, documented in NVIDIA's reference. Each
 * returns a status, 0 for success.
 */
public interface CudaDriver extends Library {
  int cuInit(int flags);

  int cuDriverGetVersion(IntByReference version);

  int cuGetErrorName(int status, PointerByReference name);

  int cuDeviceGetCount(IntByReference count);

  int cuDeviceGet(IntByReference device, int ordinal);

  int cuDeviceGetName(byte[] name, int length, int device);

  int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

  int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

  int cuDevicePrimaryCtxRelease_v2(int device);

  int cuCtxSetCurrent(Pointer context);

  int cuMemGetInfo_v2(LongByReference free, LongByReference total);

  int cuMemAlloc_v2(LongByReference address, long bytes);

  int cuMemFree_v2(long address);

  int cuMemHostAlloc(PointerByReference memory, long bytes, int flags);

  int cuMemFreeHost(Pointer memory);

  int cuMemcpyHtoDAsync_v2(long target, Pointer source, long bytes, Pointer stream);

  int cuMemcpyDtoHAsync_v2(Pointer target, long source, long bytes, Pointer stream);

  int cuMemsetD32Async(long target, int value, long count, Pointer stream);

  int cuStreamCreate(PointerByReference stream, int flags);

  int cuStreamSynchronize(Pointer stream);

  int cuStreamWaitEvent(Pointer stream, Pointer event, int flags);

  int cuStreamDestroy_v2(Pointer stream);

  int cuEventCreate(PointerByReference event, int flags);

  int cuEventRecord(Pointer event, Pointer stream);

  int cuEventSynchronize(Pointer event);

  int cuEventElapsedTime(FloatByReference milliseconds, Pointer from, Pointer to);

  int cuEventDestroy_v2(Pointer event);

  int cuModuleLoadDataEx(
      PointerByReference module, Pointer image, int options, int[] keys, Pointer values);

  int cuModuleUnload(Pointer module);

  int cuModuleGetFunction(PointerByReference function, Pointer module, String name);

  int cuFuncSetAttribute(Pointer function, int attribute, int value);

  int cuLaunchKernel(
      Pointer function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      Pointer stream,
      Pointer parameters,
      @Nullable Pointer extra);

  /** Returns the library name of the driver on this platform. */
  static String library() {
    return Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
  }

  /**
   * Loads the installed driver.
   *
   * @throws UnsatisfiedLinkError if no driver is installed
   */
  static CudaDriver load() {
    Jna.prepare();
    return Native.load(library(), CudaDriver.class);
  }
}
