package org.adapt4j.runtime.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.settings.InputFile;
import org.adapt4j.runtime.natives.DamagedLibraryException;
import org.adapt4j.runtime.natives.UnsafeFolderException;
import org.adapt4j.runtime.natives.WrongLibraryException;
import org.adapt4j.runtime.packaging.PackageException;
import org.adapt4j.runtime.program.ExitGuard;
import org.adapt4j.runtime.program.Reasons;
import org.adapt4j.runtime.report.export.ExportException;
import org.adapt4j.runtime.report.folder.RunFolderException;
import org.adapt4j.runtime.run.ChangedCodeException;
import org.adapt4j.runtime.run.ChangedConfigurationException;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.ExecutorException;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's entry point. */
public final class Main {
    /** The command without a verb, and the one that only groups others. */
    @Command(
            name = "adapt4j",
            description = "Compare fine-tuning and meta-reinforcement learning on equal terms.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            exitCodeOnInvalidInput = Exit.USAGE,
            exitCodeOnExecutionException = Exit.INTERNAL,
            footer = {
                "",
                "Exit status: 0 ok, 1 internal error, 2 usage or configuration,",
                "3 some cells failed, 4 not what it should be, 5 interrupted and resumable."
            })
    private static final class Top implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            demandVerb(spec);
        }
    }

    @Command(
            name = "env",
            description = "Look at an environment: trace, film, expert.",
            mixinStandardHelpOptions = true)
    private static final class Environments implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            demandVerb(spec);
        }
    }

    @Command(
            name = "package",
            description = "Pack a run into one file, verify such a file, run it again.",
            mixinStandardHelpOptions = true)
    private static final class Packages implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            demandVerb(spec);
        }
    }

    /** Reads the version from the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"adapt4j " + number()};
        }

        static String number() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "of an unpacked build" : version;
        }
    }

    private Main() {}

    /** Runs a verb and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Console console = Console.standard();
        ExitGuard guard = ExitGuard.install(who -> {
            console.err()
                    .println(who + " called System.exit, which ends the whole tool. A plug-in returns, or throws what"
                            + " went wrong; tell its author, or take it out of the folder of plug-ins");
            return Exit.USAGE;
        });
        guard.exit(runOrExplain(console, arguments));
    }

    /** An error that nobody caught must not leave the process to the threads of a plug-in. */
    private static int runOrExplain(Console console, String... arguments) {
        try {
            return run(console, arguments);
        } catch (Throwable e) {
            e.printStackTrace(console.err());
            console.err().println("adapt4j: " + Reasons.of(e).reason());
            return Exit.INTERNAL;
        }
    }

    /** All commands. */
    static CommandLine commands(Console console) {
        CommandLine top = new CommandLine(new Top());
        List<Callable<Integer>> verbs = List.of(
                new InitVerb(console),
                new ValidateVerb(console),
                new PlanVerb(console),
                new RunVerb(console),
                new ResumeVerb(console),
                new SubmitVerb(console),
                new WorkVerb(console),
                new StatusVerb(console),
                new WatchVerb(console),
                new LogsVerb(console),
                new ReportVerb(console),
                new RerunVerb(console),
                new ExportVerb(console),
                new RecordVerb(console),
                new PluginsVerb(console),
                new DoctorVerb(console),
                new BenchVerb(console),
                new RaceVerb(console));
        verbs.forEach(verb -> top.addSubcommand(withHelp(verb)));
        CommandLine environments = new CommandLine(new Environments());
        environments.addSubcommand(withHelp(new TraceVerb(console)));
        environments.addSubcommand(withHelp(new FilmVerb(console)));
        environments.addSubcommand(withHelp(new ExpertVerb(console)));
        top.addSubcommand(environments);
        CommandLine packages = new CommandLine(new Packages());
        PackageVerbs.all(console).forEach(verb -> packages.addSubcommand(withHelp(verb)));
        top.addSubcommand(packages);
        top.addSubcommand(withHelp(new CellVerb(console)));
        top.addSubcommand(withHelp(new ArchiveVerb(console)));
        top.addSubcommand(withHelp(new ManualVerb(console)));
        top.addSubcommand(new CommandLine.HelpCommand());
        Examples.addTo(top);
        top.setCaseInsensitiveEnumValuesAllowed(true);
        top.setExpandAtFiles(false); // an argument names no file of arguments, whatever it begins with
        return top;
    }

    /** Runs a verb. */
    static int run(Console console, String... arguments) {
        CommandLine top = commands(console);
        for (String argument : arguments) {
            if (argument.indexOf('\uFFFD') >= 0) {
                console.err().println("argument '" + argument + "': has bytes that are not UTF-8; rename the file");
                return Exit.USAGE;
            }
        }
        top.setOut(new PrintWriter(console.out(), true));
        top.setErr(new PrintWriter(console.err(), true));
        top.setExecutionExceptionHandler((problem, command, parsed) -> explain(problem, console));
        top.setParameterExceptionHandler((problem, given) -> misused(problem, console));
        return top.execute(arguments);
    }

    private static void demandVerb(@Nullable CommandSpec spec) {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "a verb is missing");
        }
    }

    private static CommandLine withHelp(Callable<Integer> verb) {
        CommandLine command = new CommandLine(verb);
        command.getCommandSpec().mixinStandardHelpOptions(true);
        return command;
    }

    private static int misused(CommandLine.ParameterException problem, Console console) {
        CommandLine verb = problem.getCommandLine();
        console.err().println(problem.getMessage());
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                console.err().println("Did you mean " + String.join(" or ", near) + "?");
            }
        }
        console.err().println("Try: " + verb.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }

    /** Says what went wrong: one message for what the user can mend, a stack trace for what is our fault. */
    private static int explain(Exception problem, Console console) {
        String message = String.valueOf(problem.getMessage());
        if (problem instanceof StorageException storage) {
            console.err().println(message);
            return switch (storage.kind()) {
                case FULL -> Exit.INTERRUPTED;
                case OTHER -> Exit.INTERNAL;
                case READ_ONLY, MISSING, MISPLACED, BUSY, GONE -> Exit.USAGE;
            };
        }
        if (isUsers(problem) || namesItsFile(problem)) {
            console.err().println(message);
            return Exit.USAGE;
        }
        problem.printStackTrace(console.err());
        console.err().println("adapt4j: this should not happen. Please report the lines above");
        return Exit.INTERNAL;
    }

    /** Input and output that failed, with words of its own: a broken file, a server that answers nonsense. */
    private static boolean namesItsFile(Exception problem) {
        return problem instanceof UncheckedIOException
                && !String.valueOf(problem.getCause()).equals(problem.getMessage());
    }

    private static boolean isUsers(Exception problem) {
        return problem instanceof UsageException
                || problem.getCause() instanceof InputFile.Refused
                || problem instanceof ChangedConfigurationException
                || problem instanceof DamagedFileException
                || problem instanceof ChangedCodeException
                || problem instanceof UnsafeFolderException
                || problem instanceof DamagedLibraryException
                || problem instanceof WrongLibraryException
                || problem instanceof ConfigurationException
                || problem instanceof UnplayableTaskException
                || problem instanceof PackageException
                || problem instanceof ExecutorException
                || problem instanceof ExportException
                || problem instanceof RunFolderException;
    }
}
