// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import io.pointwise.cli.bench.BenchCommand;
import io.pointwise.cli.devices.DevicesCommand;
import io.pointwise.cli.explain.ExplainCommand;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.Screen;
import io.pointwise.cli.run.RunCommand;
import io.pointwise.cli.tune.TuneCommand;
import io.pointwise.cli.verify.VerifyCommand;
import io.pointwise.device.Devices;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The command tree, over devices, streams and an environment that the caller gives: the process's
 * own in {@link Main}, a test's in tests.
 *
 * <p>Whatever goes wrong ends as one sentence on the error stream and a status of {@link
 * ExitStatus}; {@code --debug} adds the stack trace.
 */
public final class Pointwise {
  /** Tells of all commands, so it needs all of them. */
  private static final String COMPLETION = "generate-completion";

  @Command(
      name = "pointwise",
      mixinStandardHelpOptions = true,
      versionProvider = Version.Provider.class,
      scope = ScopeType.INHERIT,
      usageHelpWidth = 100,
      usageHelpAutoWidth = true,
      synopsisSubcommandLabel = "COMMAND",
      description =
          "A convolution engine for the JVM: what 1×1 convolutions cost, and what they buy.",
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {
        "0:done",
        "1:a result was wrong",
        "2:usage, or a layer or network that cannot be",
        "3:the required device is not available, or failed",
        "4:a file is missing, unreadable, unwritable or not understood",
        "5:out of device memory",
        "70:an error in pointwise itself"
      },
      footerHeading = "%nEnvironment:%n",
      footer = {
        "  POINTWISE_DEVICE     the default of --device",
        "  POINTWISE_CUDA_PATH  folder with CUDA's libraries; else where the system looks",
        "  POINTWISE_CACHE      folder of compiled programs and of what tune measured; else in",
        "                       XDG_CACHE_HOME or ~/.cache",
        "  NO_COLOR             no colours, whatever its value"
      })
  private static final class Root {
    @Option(
        names = "--debug",
        scope = ScopeType.INHERIT,
        description = "Shows the stack trace of a failure.")
    private boolean debug;
  }

  private final Root root = new Root();
  private final Screen screen;
  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

  /** Over these devices and streams, with an empty environment, without colours and progress. */
  public Pointwise(Devices devices, PrintWriter out, PrintWriter err) {
    this(devices, Screen.plain(out, err), _ -> null);
  }

  /**
   * Over these devices.
   *
   * @param environment value of an environment variable, or null
   */
  public Pointwise(Devices devices, Screen screen, Function<String, @Nullable String> environment) {
    this.screen = screen;
    Session session = new Session(devices, screen, environment);
    commands.put("devices", () -> new DevicesCommand(session));
    commands.put("bench", () -> new BenchCommand(session));
    commands.put("explain", () -> new ExplainCommand(session));
    commands.put("run", () -> new RunCommand(session));
    commands.put("verify", () -> new VerifyCommand(session));
    commands.put("tune", () -> new TuneCommand(session));
    commands.put(COMPLETION, AutoComplete.GenerateCompletion::new);
  }

  /**
   * A command line with the command that the first word asks for, or with all where that is not
   * plain. Each is inspected when it is added, by reflection, which takes a good part of the time
   * of a short command.
   */
  private CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(root);
    boolean plain = args.length > 0 && commands.containsKey(args[0]) && !COMPLETION.equals(args[0]);
    commands.forEach(
        (name, command) -> {
          if (!plain || name.equals(args[0])) {
            line.addSubcommand(name, command.get());
          }
        });
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(Help.defaultColorScheme(screen.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setOut(screen.out())
        .setErr(screen.err());
  }

  /** Runs a command and returns its status; never throws. */
  public int run(String... args) {
    // A command line that cannot be parsed has set no option.
    boolean debugAsked = Arrays.asList(args).contains("--debug");
    try {
      return commandLine(args)
          .setParameterExceptionHandler(usageHandler(debugAsked))
          .setExecutionExceptionHandler((failure, _, _) -> fail(failure))
          .execute(args);
    } catch (Error failure) {
      return fail(failure);
    } finally {
      screen.flush();
    }
  }

  private int fail(Throwable failure) {
    tell(Failures.sentence(failure), failure, root.debug);
    return Failures.status(failure);
  }

  private IParameterExceptionHandler usageHandler(boolean debug) {
    return (failure, _) -> {
      tell(usageSentence(failure), failure, debug);
      return ExitStatus.USAGE;
    };
  }

  private String usageSentence(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    if (command.getParent() == null) {
      return failure instanceof CommandLine.UnmatchedArgumentException unmatched
          ? "no command or option \"" + unmatched.getUnmatched().getFirst() + "\"; see " + help
          : "which command? see " + help;
    }
    return failure.getMessage() + " (see " + help + ")";
  }

  private void tell(String sentence, Throwable failure, boolean debug) {
    screen.out().flush();
    screen.err().println("pointwise: " + sentence.strip().replaceAll("\\s*\\R\\s*", " "));
    if (debug) {
      failure.printStackTrace(screen.err());
    }
    screen.err().flush();
  }
}
