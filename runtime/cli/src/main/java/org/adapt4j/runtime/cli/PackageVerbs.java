package org.adapt4j.runtime.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.adapt4j.runtime.packaging.Comparison;
import org.adapt4j.runtime.packaging.Differences;
import org.adapt4j.runtime.packaging.Level;
import org.adapt4j.runtime.packaging.PackageMaker;
import org.adapt4j.runtime.packaging.Rerun;
import org.adapt4j.runtime.packaging.Signature;
import org.adapt4j.runtime.packaging.Verification;
import org.adapt4j.runtime.plugins.TrustedJars;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.runtime.settings.Problem;
import org.adapt4j.runtime.settings.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packages of runs: one file that anybody can verify and run again. */
final class PackageVerbs {
    private PackageVerbs() {}

    static List<Callable<Integer>> all(Console console) {
        return List.of(
                new Create(console),
                new Verify(console),
                new Again(console),
                new Keys(console),
                new Sign(console),
                new Diff(console));
    }

    /** The jars of this process, and those of a folder of plug-ins. */
    private static List<Path> jars(Optional<Path> plugins) {
        List<Path> jars =
                new ArrayList<>(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(Files::isRegularFile)
                        .toList());
        plugins.ifPresent(folder -> jars.addAll(jarsIn(folder)));
        return jars;
    }

    private static List<Path> jarsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
    }

    private static int print(Console console, List<Level> levels) {
        levels.forEach(level -> console.out().println(level));
        return levels.stream().anyMatch(level -> level.outcome() == Level.Outcome.DIFFERENT) ? Exit.DIFFERENT : Exit.OK;
    }

    /** Packs a run. */
    @Command(
            name = "create",
            description =
                    "Pack a run into one file that anybody can verify and run again. Scores of every episode that was"
                            + " measured are always in it.")
    private static final class Create implements Callable<Integer> {
        private final Console console;

        @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
        private Path run = Path.of("");

        @Option(
                names = "--with",
                paramLabel = "WHAT",
                split = ",",
                description = "Pack models (what was learned) or checkpoints too.")
        private List<String> extras = List.of();

        @Option(names = "--out", required = true, paramLabel = "FILE.zip", description = "The file to write.")
        private Path out = Path.of("");

        @Mixin
        private PluginOption plugins = new PluginOption();

        Create(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Set<PackageMaker.Extra> wanted = new HashSet<>();
            for (String extra : extras) {
                wanted.add(
                        switch (extra) {
                            case "models" -> PackageMaker.Extra.MODELS;
                            case "checkpoints" -> PackageMaker.Extra.CHECKPOINTS;
                            default -> throw new UsageException("--with " + extra + ": must be models or checkpoints");
                        });
            }
            Path folder = run.toAbsolutePath().normalize();
            RunFolder opened = RunFolder.open(folder);
            Set<String> needless =
                    plugins.workbench().jarsWithout(opened.plan().versions().keySet());
            PackageMaker.Made made = PackageMaker.create(
                    folder,
                    wanted,
                    new PackageMaker.Jars(jars(plugins.folder()), billOfMaterials(), needless),
                    out.toAbsolutePath().normalize());
            made.warnings().forEach(console.err()::println);
            console.out().println(made.file());
            return Exit.OK;
        }

        /** The build leaves it beside the jars. */
        private static Optional<Path> billOfMaterials() {
            try {
                Path jar = Path.of(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                return Optional.of(jar.resolveSibling("sbom.cdx.json")).filter(Files::isRegularFile);
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
    }

    /** Verifies a package. */
    @Command(
            name = "verify",
            description =
                    "Look whether a package is whole, and whether its tables, figures and claims follow from its results."
                            + " Runs no code of it. Exit status 4 where something differs.")
    private static final class Verify implements Callable<Integer> {
        private final Console console;

        @Parameters(index = "0", paramLabel = "FILE.zip", description = "The package.")
        private Path file = Path.of("");

        @Option(names = "--key", paramLabel = "FILE.pub", description = "Public key of who should have signed it.")
        private @Nullable Path key;

        Verify(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return print(console, Verification.of(file, Optional.ofNullable(key)));
        }
    }

    /** Runs cells of a package again. */
    @Command(
            name = "rerun",
            description =
                    "Run cells of a package again by its own jars, and compare: bit by bit where the machines allow it,"
                            + " else by their scores. Exit status 4 where they differ.")
    private static final class Again implements Callable<Integer> {
        private final Console console;

        @Parameters(index = "0", paramLabel = "FILE.zip", description = "The package.")
        private Path file = Path.of("");

        @Option(
                names = "--cells",
                paramLabel = "K",
                description = "How many cells, of all kinds in turn; 2 by default.")
        private int cells = 2;

        @Option(
                names = "--trust-all",
                description = "Run the code of third parties' plug-ins in the package, trusted or not.")
        private boolean trustAll;

        @Option(names = "--all", description = "All cells.")
        private boolean all;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Where to unpack and run; by default beside the file.")
        private @Nullable Path out;

        @Option(
                names = "--jars",
                paramLabel = "DIR",
                description = "Folder of further libraries that the package only names.")
        private @Nullable Path jars;

        Again(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (cells < 1) {
                throw new UsageException("--cells " + cells + ": must be at least 1");
            }
            Path folder = out == null
                    ? Path.of(String.valueOf(file.toAbsolutePath()).replaceAll("\\.zip$", "") + "-rerun")
                    : out;
            Rerun rerun = Rerun.unpack(file, folder.toAbsolutePath().normalize());
            if (!trustAll) {
                demandTrusted(rerun.plugins());
            }
            rerun.plan(all ? Optional.empty() : Optional.of(cells));
            List<Path> atHand = new ArrayList<>(jars(Optional.empty()));
            if (jars != null) {
                atHand.addAll(jarsIn(jars));
            }
            Process process = new ProcessBuilder(rerun.command(atHand))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int exit = process.waitFor();
            if (exit == Exit.INTERRUPTED || exit == Exit.USAGE) {
                console.err().println("Go on with: adapt4j resume " + rerun.run());
                return exit;
            }
            return print(console, Comparison.of(rerun.packed(), rerun.run()));
        }

        private static void demandTrusted(List<Path> jars) {
            Problems problems = new Problems();
            TrustedJars trusted = TrustedJars.ofThisUser();
            jars.forEach(jar ->
                    trusted.objection(jar).ifPresent(why -> problems.add(new Problem(jar.toString(), 0, "", why))));
            problems.throwIfAny();
        }
    }

    /** Makes keys. */
    @Command(name = "keys", description = "Make a pair of keys for signing: FILE, which stays with you, and FILE.pub.")
    private static final class Keys implements Callable<Integer> {
        private final Console console;

        @Parameters(index = "0", paramLabel = "FILE", description = "Where the private key goes.")
        private Path file = Path.of("");

        Keys(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Signature.makeKeys(file);
            console.out().println(Signature.publicOf(file));
            return Exit.OK;
        }
    }

    /** Signs a package. */
    @Command(
            name = "sign",
            description = "Sign a package: who has your public key can see that it is yours and unchanged.")
    private static final class Sign implements Callable<Integer> {
        private final Console console;

        @Parameters(index = "0", paramLabel = "FILE.zip", description = "The package; its signature is put into it.")
        private Path file = Path.of("");

        @Option(names = "--key", required = true, paramLabel = "FILE", description = "Your private key.")
        private Path key = Path.of("");

        Sign(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Signature.signPackage(file, key);
            console.out().println(file);
            return Exit.OK;
        }
    }

    /** Sets two runs side by side. */
    @Command(
            name = "diff",
            description =
                    "Set two packages or runs side by side: configuration, code and machine, results, claims. Exit status 4"
                            + " where configuration, results or claims differ.")
    private static final class Diff implements Callable<Integer> {
        private final Console console;

        @Parameters(index = "0", paramLabel = "A", description = "A package, or the folder of a run.")
        private Path one = Path.of("");

        @Parameters(index = "1", paramLabel = "B", description = "Another.")
        private Path other = Path.of("");

        @Option(names = "--page", paramLabel = "FILE.html", description = "Write a page, too.")
        private @Nullable Path page;

        Diff(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Differences differences = Differences.of(one, other);
            console.out().print(differences.text());
            if (page != null) {
                DurableFiles.write(page, differences.page(one.toString(), other.toString()));
            }
            return differences.isSame() ? Exit.OK : Exit.DIFFERENT;
        }
    }
}
