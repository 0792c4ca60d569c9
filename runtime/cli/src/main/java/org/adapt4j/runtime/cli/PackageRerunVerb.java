package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.packaging.Change;
import org.adapt4j.runtime.packaging.PackagedCode;
import org.adapt4j.runtime.packaging.Rerun;
import org.adapt4j.runtime.plugins.TrustedJars;
import org.adapt4j.runtime.settings.Problem;
import org.adapt4j.runtime.settings.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs cells of a package again. */
@Command(
        name = "rerun",
        description =
                "Run cells of a package again by its own jars, and compare: bit by bit where the machines allow it,"
                        + " else by their scores; with --all the claims too. Exit status 4 where they differ.")
final class PackageRerunVerb implements Callable<Integer> {
    private static final int SHOWN = 3;

    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE.zip", description = "The package.")
    private Path file = Path.of("");

    @Option(names = "--cells", paramLabel = "K", description = "How many cells, of all kinds in turn; 2 by default.")
    private int cells = 2;

    @Option(names = "--all", description = "All cells.")
    private boolean all;

    @Option(
            names = "--budget",
            paramLabel = "FRACTION",
            description = "Spend a fraction of each budget only, above 0 and at most 1: of the results, claims that are"
                    + " marked scale-free are judged, and nothing else.")
    private double budget = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of the numerical libraries, instead of those of the package. They change the last bits.")
    private @Nullable Integer threads;

    @Option(
            names = "--trust-all",
            description = "Run the code that the package brings, whoever made it: Adapt4J's jars, libraries, plug-ins.")
    private boolean trustAll;

    @Option(
            names = "--key",
            paramLabel = "FILE.pub",
            description = "Run Adapt4J's jars and libraries of the package if the owner of this public key signed it.")
    private @Nullable Path key;

    @Option(
            names = "--own-jars",
            description = "Run by the jars of this Adapt4J, not by those of the package; plug-ins are still its own.")
    private boolean ownJars;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to unpack and run, or to go on; by default beside the file.")
    private @Nullable Path out;

    @Option(
            names = "--jars",
            paramLabel = "DIR",
            description = "Folder of further libraries that the package only names.")
    private @Nullable Path jars;

    PackageRerunVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (cells < 1) {
            throw new UsageException("--cells " + cells + ": must be at least 1");
        }
        if (!(budget > 0 && budget <= 1)) {
            throw new UsageException("--budget " + budget + ": must be a fraction above 0, at most 1");
        }
        if (threads != null && threads < 1) {
            throw new UsageException("--threads " + threads + ": must be at least 1");
        }
        Path folder =
                out == null ? Path.of(String.valueOf(file.toAbsolutePath()).replaceAll("\\.zip$", "") + "-rerun") : out;
        Rerun rerun = Rerun.unpack(file, folder.toAbsolutePath().normalize());
        List<Path> installed = PackageVerbs.jars(Optional.empty());
        List<Path> atHand = jars == null ? installed : PackageVerbs.jars(Optional.of(jars));
        PackagedCode code = rerun.code();
        demandTrusted(rerun, code, installed);
        rerun.plan(all ? Optional.empty() : Optional.of(cells), change());
        Process process = new ProcessBuilder(
                        ownJars
                                ? code.resumeByOwnJars(rerun.run(), trustAll)
                                : code.resume(rerun.run(), atHand, trustAll))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int exit = process.waitFor();
        if (exit == Exit.INTERRUPTED || exit == Exit.USAGE) {
            console.err().println("Go on with the same command; it takes up what lies in " + folder);
            return exit;
        }
        int compared = PackageVerbs.print(console, rerun.compare());
        return compared == Exit.OK && exit != Exit.OK ? exit : compared;
    }

    private Change change() {
        if (budget == 1 && threads == null) {
            return Change.NONE;
        }
        List<String> words = new ArrayList<>();
        if (budget < 1) {
            words.add("a budget of " + budget);
        }
        if (threads != null) {
            words.add(threads + (threads == 1 ? " thread" : " threads"));
        }
        Integer others = threads;
        double fraction = budget;
        return new Change(String.join(" and ", words), budget == 1, (resolved, names) -> {
            ResolvedCell cell = ResolvedCell.parse(resolved).renamed(names);
            PhaseSettings phase = fraction < 1 ? cell.phase().scaled(fraction) : cell.phase();
            cell = cell.with(cell.seed(), cell.method(), phase);
            return (others == null ? cell : cell.withThreads(others)).text();
        });
    }

    /** No code of the package runs before this: what it brings is this installation's own, signed by who was named, or trusted by name. */
    private void demandTrusted(Rerun rerun, PackagedCode code, List<Path> installed) {
        if (trustAll) {
            return;
        }
        if (key != null && !rerun.isSignedBy(key)) {
            throw new UsageException(file + ": is not signed by the owner of " + key + ", so its code is not run");
        }
        List<String> foreign = ownJars || key != null ? List.of() : code.foreign(installed);
        if (!foreign.isEmpty()) {
            throw new UsageException(file + ": brings " + foreign.size()
                    + " jars that are not those of this Adapt4J, and running them is running the code of whoever made"
                    + " the package:\n"
                    + "  "
                    + String.join("\n  ", foreign.subList(0, Math.min(SHOWN, foreign.size())))
                    + (foreign.size() > SHOWN ? "\n  and " + (foreign.size() - SHOWN) + " more" : "")
                    + "\n"
                    + "If you know where it is from, say so with --trust-all, or name the public key of who signed it"
                    + " with --key FILE.pub. Or run its cells by the jars that are installed here: --own-jars");
        }
        Problems problems = new Problems();
        TrustedJars trusted = TrustedJars.ofThisUser();
        code.plugins()
                .forEach(jar ->
                        trusted.objection(jar).ifPresent(why -> problems.add(new Problem(jar.toString(), 0, "", why))));
        problems.throwIfAny();
    }
}
