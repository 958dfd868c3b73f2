package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reasons that users get when the backend is unavailable. */
class CudaBackendTest extends EmulatedGpuTest {
  @Test
  void isFoundButUsedOnlyOnRequest() {
    assertThat(Backends.all())
        .filteredOn(backend -> backend.name().equals("cuda"))
        .singleElement()
        .extracting(Backend::priority, as(InstanceOfAssertFactories.INTEGER))
        .isNegative();
  }

  @Test
  void isAvailableOnASupportedGpu() {
    assertThat(new CudaBackend(() -> gpu).unavailableReason()).isEmpty();
    assertThat(gpu.mer_emulator_allocated()).isZero();
  }

  @Test
  void reportsThatNoDriverIsInstalled() {
    CudaBackend backend =
        new CudaBackend(
            () -> {
              throw new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file");
            });
    assertThat(backend.unavailableReason())
        .contains("no NVIDIA driver: libcuda.so.1 cannot be loaded");
  }

  @Test
  void reportsThatJnaCannotBeLoaded() {
    CudaBackend backend =
        new CudaBackend(
            () -> {
              throw new UnsatisfiedLinkError("/tmp/jna.tmp: failed to map segment");
            });
    assertThat(backend.unavailableReason())
        .contains("the NVIDIA driver cannot be called: /tmp/jna.tmp: failed to map segment");
  }

  @Test
  void reportsThatTheDriverFindsNoUsableGpu() {
    assertThat(reasonIfReturned("cuInit", 100))
        .isEqualTo("cuInit: CUDA_ERROR_NO_DEVICE (100): the driver finds no usable GPU");
  }

  @Test
  void reportsThatTheDriverListsNoGpu() {
    CudaDriver none = replacing("cuDeviceGetCount", (proxy, method, arguments) -> 0);
    assertThat(new CudaBackend(() -> none).unavailableReason().orElseThrow())
        .startsWith("the driver reports no GPU");
  }

  @Test
  void reportsThatTheGpuIsTooOld() {
    gpu.mer_emulator_set_capability(7, 5);
    assertThat(new CudaBackend(() -> gpu).unavailableReason().orElseThrow())
        .endsWith(" has compute capability 7.5, the kernels require 8.0");
  }

  @Test
  void doesNotSupportTooLargeModels() {
    CudaBackend backend = new CudaBackend(() -> gpu);
    assertThat(backend.unsupportedReason(new EncoderShape(PerModality.of(Modality.TEXT, 300), 256)))
        .isEmpty();
    assertThat(backend.unsupportedReason(new EncoderShape(PerModality.of(Modality.TEXT, 300), 257)))
        .contains("it supports hidden sizes up to 256, not 257");
  }

  @Test
  void supportsAttentionPooling() {
    CudaBackend backend = new CudaBackend(() -> gpu);
    PerModality<Integer> inputs = PerModality.of(Modality.TEXT, 300);
    assertThat(backend.unsupportedReason(new EncoderShape(inputs, 256, Pooling.ATTENTION)))
        .isEmpty();
    assertThat(backend.unsupportedReason(new EncoderShape(inputs, 257, Pooling.ATTENTION)))
        .contains("it supports hidden sizes up to 256, not 257");
  }

  @Test
  void reportsTheCompilerLogWhenTheDriverRejectsTheKernels() {
    CudaDriver rejecting =
        replacing(
            "cuModuleLoadDataEx",
            (proxy, method, arguments) -> {
              Pointer values = (Pointer) arguments[4];
              values.getPointer(0).setString(0, "ptxas fatal: unsupported .version 9.9\n");
              return 222;
            });
    assertThat(new CudaBackend(() -> rejecting).unavailableReason().orElseThrow())
        .startsWith("cuModuleLoadDataEx: CUDA_ERROR_UNSUPPORTED_PTX_VERSION (222): driver ")
        .contains("mer4j-sm80.ptx")
        .contains("install a newer driver")
        .endsWith("ptxas fatal: unsupported .version 9.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuCtxSetCurrent", "cuStreamCreate", "cuModuleLoadDataEx"})
  void errorsOfTheJvmWhileOpeningLeakNothing(String function) {
    Trial trial = Trial.of(5, 1, 1, 1);
    AtomicInteger calls = new AtomicInteger();
    CudaDriver failing =
        replacing(
            function,
            (proxy, method, arguments) -> {
              if (calls.getAndIncrement() == 0) {
                throw new OutOfMemoryError("no host memory");
              }
              return method.invoke(gpu, arguments);
            });
    WatchedDriver watched = new WatchedDriver(failing);
    CudaBackend backend = new CudaBackend(watched::driver);
    assertThatThrownBy(() -> backend.open(Trial.WIDTHS.modalities(), trial.parameters()))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("no host memory");
    assertThat(watched.leaked()).isEqualTo(Map.of());
  }

  private String reasonIfReturned(String call, int status) {
    WatchedDriver driver = new WatchedDriver(gpu).failing(call, 1, status);
    CudaBackend backend = new CudaBackend(driver::driver);
    String reason = backend.unavailableReason().orElseThrow();
    assertThat(driver.leaked()).isEqualTo(Map.of());
    return reason;
  }

  private CudaDriver replacing(String function, InvocationHandler instead) {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(),
            new Class<?>[] {CudaDriver.class},
            (proxy, method, arguments) ->
                method.getName().equals(function)
                    ? instead.invoke(proxy, method, arguments)
                    : method.invoke(gpu, arguments));
  }
}
