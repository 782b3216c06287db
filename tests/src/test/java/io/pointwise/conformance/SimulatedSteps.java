// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Runs small cases of the catalogue on oclgrind and says what it reports of each: the program that
 * {@link Oclgrind} starts.
 *
 * <p>A simulator is slow, so only cases of little work are taken.
 */
final class SimulatedSteps {
  /** Begins a line that names the case of the report that follows. */
  static final String REPORT = "REPORT ";

  /** Begins the line that says how many plans ran. */
  static final String RAN = "RAN ";

  private static final Pattern LINES =
      Pattern.compile("cl-(softmax|global-pool|group-norm|reduce|arg-reduce)");

  private final Path log;
  private int ran;
  private long read;

  private SimulatedSteps(Path log) {
    this.log = log;
  }

  /**
   * Begins here.
   *
   * @param args a {@link SeparateOperands.Fault}, the most work of a case, and oclgrind's log
   */
  public static void main(String[] args) throws IOException {
    SeparateOperands.Fault fault = SeparateOperands.Fault.valueOf(args[0]);
    long most = Long.parseLong(args[1]);
    SimulatedSteps steps = new SimulatedSteps(Path.of(args[2]));
    for (String sharing : List.of("item", "group")) {
      System.setProperty("pointwise.opencl.lines", sharing);
      try (Device device =
          Devices.installed()
              .open(new DevicePolicy.Require("opencl"), DeviceOptions.DEFAULT)
              .device()) {
        if (!device.info().driver().contains("Oclgrind")) {
          throw new IllegalStateException("not oclgrind but " + device.info());
        }
        if (sharing.equals("item")) {
          steps.run(device, any -> true, most, fault);
        } else {
          // Idle work-items of a group are simulated too.
          steps.run(device, SimulatedSteps::alongLines, most / 8, fault);
        }
      }
    }
    System.out.println(RAN + steps.ran);
  }

  private void run(
      Device device, Predicate<SeparateOperands> which, long most, SeparateOperands.Fault fault)
      throws IOException {
    // One family will do to see that a fault is seen.
    long families = fault == SeparateOperands.Fault.NONE ? Long.MAX_VALUE : 1;
    for (Family family : Catalogue.families().stream().limit(families).toList()) {
      for (ConformanceCase source : family.cases()) {
        for (SeparateOperands steps : plans(device, source)) {
          if (steps.work() > 0 && steps.work() <= most && which.test(steps)) {
            run(steps, fault);
          }
        }
      }
    }
  }

  /** Whether there is a second family of its kernels, a work-group a line. */
  private static boolean alongLines(SeparateOperands steps) {
    return LINES.matcher(steps.algorithms()).find();
  }

  private void run(SeparateOperands steps, SeparateOperands.Fault fault) throws IOException {
    steps.run(fault);
    ran++;
    String report = report();
    if (!report.isBlank()) {
      System.out.println(REPORT + steps.sample().name() + " by " + steps.algorithms() + report);
    }
  }

  /** The case as planned and, where it is one step, by each other algorithm that takes it. */
  private static List<SeparateOperands> plans(Device device, ConformanceCase source) {
    Sample sample = Sample.of(source, Data.REAL, Repeat.seed(source.name(), Data.REAL));
    List<SeparateOperands> plans = new ArrayList<>();
    Blueprint planned = Planner.blueprint(sample.network(), device, PlanOptions.DEFAULT);
    plans.add(new SeparateOperands(device, sample, planned));
    if (planned.steps().size() == 1) {
      for (Candidate other : planned.steps().getFirst().candidates()) {
        if (other.verdict() == Candidate.Verdict.ACCEPTS) {
          PlanOptions only = PlanOptions.DEFAULT.withOnly(other.algorithm());
          Blueprint blueprint = Planner.blueprint(sample.network(), device, only);
          plans.add(new SeparateOperands(device, sample, blueprint));
        }
      }
    }
    return plans;
  }

  /** What oclgrind wrote since the last time. */
  private String report() throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    byte[] all = Files.readAllBytes(log);
    String report = new String(all, (int) read, all.length - (int) read, StandardCharsets.UTF_8);
    read = all.length;
    return report;
  }
}
