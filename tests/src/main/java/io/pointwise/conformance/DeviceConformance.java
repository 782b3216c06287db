// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.DeviceUnavailableException;
import io.pointwise.device.Devices;
import io.pointwise.device.Precision;
import io.pointwise.plan.PlanOptions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/**
 * The suite that every device must pass. Extend it, name the device, and run it with JUnit 5 and
 * jqwik:
 *
 * <pre>{@code
 * final class MyDeviceConformanceTest extends DeviceConformance {
 *   @Override
 *   protected String deviceName() {
 *     return "mine";
 *   }
 * }
 * }</pre>
 *
 * <p>The device is found through {@link Devices#installed()}, unless {@link #openDevice} says
 * otherwise. A device that is absent is skipped with its reason, or fails if {@link
 * RequiredDevices} names it. What the device refuses is reported as skipped, with its reasons; a
 * required device may refuse nothing, see {@link #mayRefuse}.
 *
 * <p>A failed case tells the command that repeats it. The number of random cases a property is the
 * configuration parameter {@code jqwik.tries.default}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DeviceConformance {

  private @Nullable Device device;
  private @Nullable ConformanceReport report;

  /** For subclasses. */
  protected DeviceConformance() {}

  /** The device's name as in {@code --device}: {@code cpu}, {@code opencl:1}. */
  protected abstract String deviceName();

  /**
   * Opens the device; the suite closes it.
   *
   * @throws DeviceUnavailableException if it is not there
   */
  protected Device openDevice() {
    return Devices.installed()
        .open(DevicePolicy.parse("require:" + deviceName()), DeviceOptions.DEFAULT)
        .device();
  }

  /** Whether the device may refuse cases; a required one may not. */
  protected boolean mayRefuse() {
    return !RequiredDevices.fromEnvironment().requires(deviceName());
  }

  /** Arithmetic that the device has; every other one must be refused. */
  protected Set<Precision> precisions() {
    return Set.of(Precision.FP32);
  }

  /** Opens the device, or skips or fails the class. */
  @BeforeAll
  public final void open() {
    report = new ConformanceReport(deviceName());
    try {
      device = openDevice();
    } catch (DeviceUnavailableException | DeviceException e) {
      throw RequiredDevices.fromEnvironment().absent(deviceName(), e);
    }
  }

  /** Closes the device and says how many tests passed, failed and were unsupported. */
  @AfterAll
  public final void close() {
    Device opened = device;
    if (opened == null) {
      return;
    }
    device = null;
    opened.close();
    System.getLogger(DeviceConformance.class.getName())
        .log(System.Logger.Level.INFO, () -> getClass().getSimpleName() + ": " + report());
    if (!mayRefuse()) {
      report().requireNothingUnsupported();
    }
  }

  /** What became of the tests so far. */
  protected final ConformanceReport report() {
    return Objects.requireNonNull(report, "report");
  }

  private Device device() {
    return Objects.requireNonNull(device, "device");
  }

  /** Each operation, each family of shapes, against the reference. */
  @TestFactory
  public final Stream<DynamicNode> operationsMatchTheReference() {
    CaseTests tests = new CaseTests(getClass(), device(), report());
    return Catalogue.families().stream().flatMap(tests::of);
  }

  /** The same in each other arithmetic that the device has, within the bounds that it has. */
  @TestFactory
  public final Stream<DynamicNode> otherPrecisionsMatchTheReference() {
    CaseTests tests = new CaseTests(getClass(), device(), report());
    return precisions().stream()
        .filter(precision -> precision != Precision.FP32)
        .flatMap(
            precision ->
                Catalogue.families().stream().flatMap(family -> tests.of(family, precision)));
  }

  /** NaN, infinities, denormals, huge numbers and zeros. */
  @TestFactory
  public final Stream<DynamicTest> specialValuesComeOutWhereTheReferenceHasThem() {
    return new SpecialValueTests(device(), report()).all();
  }

  /** Many threads on one plan, and closing it. */
  @TestFactory
  public final Stream<DynamicTest> plansAreSharedBetweenThreads() {
    ConcurrencyTests tests = new ConcurrencyTests(device());
    return Stream.concat(
        IntStream.of(1, 2, 4)
            .mapToObj(
                contexts ->
                    test(
                        "threads agree with one thread, contexts: " + contexts,
                        () -> tests.agreeWithOneThread(contexts))),
        Stream.of(
            test("close waits for runs", tests::closeWaitsForRuns),
            test("a closed plan says so", tests::closedPlanSaysSo),
            test("runs allocate nothing on the device", tests::runsAllocateNothing),
            test("runs are repeatable bit for bit", tests::runsAreRepeatable)));
  }

  /** Errors of the caller's, and requests that the device must refuse. */
  @TestFactory
  public final Stream<DynamicTest> errorsNameWhatIsWrong() {
    ErrorTests tests = new ErrorTests(device());
    return Stream.concat(
        Stream.of(
            test("wrong inputs", tests::wrongInputs),
            test("wrong outputs", tests::wrongOutputs),
            test("output over input", tests::outputOverInput),
            test("errors leave the plan usable", tests::errorsLeaveThePlanUsable),
            test("an unknown algorithm is refused", tests::unknownAlgorithmIsRefused)),
        Arrays.stream(Precision.values())
            .filter(precision -> !precisions().contains(precision))
            .map(
                precision ->
                    test(precision + " is refused", () -> tests.precisionIsRefused(precision))));
  }

  private DynamicTest test(String name, Executable body) {
    return DynamicTest.dynamicTest(name, report().counted(name, body));
  }

  /** Opens the device for a property: those run in an engine of their own. */
  @BeforeProperty
  public final void openForProperty() {
    open();
  }

  /** Closes what a property used. */
  @AfterProperty
  public final void closeAfterProperty() {
    Device opened = device;
    if (opened != null) {
      device = null;
      opened.close();
    }
  }

  /** Random 1×1 convolutions. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public final void randomPointwiseConvolutionsMatch(@ForAll("pointwise") ConformanceCase source) {
    matches(source);
  }

  /** Random convolutions. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public final void randomConvolutionsMatch(@ForAll("convolutions") ConformanceCase source) {
    matches(source);
  }

  /** Random depthwise convolutions. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public final void randomDepthwiseConvolutionsMatch(@ForAll("depthwise") ConformanceCase source) {
    matches(source);
  }

  /** Random transposed convolutions. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public final void randomTransposedConvolutionsMatch(
      @ForAll("transposed") ConformanceCase source) {
    matches(source);
  }

  /** Random poolings. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public final void randomPoolsMatch(@ForAll("pools") ConformanceCase source) {
    matches(source);
  }

  private void matches(ConformanceCase source) {
    PlanOptions options = PlanOptions.DEFAULT.withMaxContexts(1).withGuarded(true);
    Sample sample = Sample.of(source, Data.REAL, Repeat.seed(source.name(), Data.REAL));
    try {
      new Trial(device(), sample).run(options);
    } catch (TestAbortedException refused) {
      // The catalogue reports refusals; a property is about what the device accepts.
      return;
    }
  }

  /** For {@link #randomPointwiseConvolutionsMatch}. */
  @Provide
  public final Arbitrary<ConformanceCase> pointwise() {
    return RandomCases.pointwise();
  }

  /** For {@link #randomConvolutionsMatch}. */
  @Provide
  public final Arbitrary<ConformanceCase> convolutions() {
    return RandomCases.convolutions();
  }

  /** For {@link #randomDepthwiseConvolutionsMatch}. */
  @Provide
  public final Arbitrary<ConformanceCase> depthwise() {
    return RandomCases.depthwise();
  }

  /** For {@link #randomTransposedConvolutionsMatch}. */
  @Provide
  public final Arbitrary<ConformanceCase> transposed() {
    return RandomCases.transposed();
  }

  /** For {@link #randomPoolsMatch}. */
  @Provide
  public final Arbitrary<ConformanceCase> pools() {
    return RandomCases.pools();
  }
}
