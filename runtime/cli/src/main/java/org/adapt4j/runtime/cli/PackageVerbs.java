package org.adapt4j.runtime.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.adapt4j.runtime.packaging.Differences;
import org.adapt4j.runtime.packaging.Level;
import org.adapt4j.runtime.packaging.PackageMaker;
import org.adapt4j.runtime.packaging.PublishedNumbers;
import org.adapt4j.runtime.packaging.Signature;
import org.adapt4j.runtime.packaging.Terms;
import org.adapt4j.runtime.packaging.Verification;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.StorageException;
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
                new PackageRerunVerb(console),
                new Keys(console),
                new Sign(console),
                new Diff(console));
    }

    /** The jars of this process, and those of a folder. */
    static List<Path> jars(Optional<Path> plugins) {
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

    static int print(Console console, List<Level> levels) {
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
                description =
                        "Pack models (what was learned), checkpoints, episodes (a table of all that were measured) or"
                                + " libraries (so that nothing but Java is needed) too; several with commas.")
        private List<String> extras = List.of();

        @Option(
                names = "--margin",
                paramLabel = "SCORE",
                description = "Normalised score within which a re-run counts as equivalent; by default 0.05.")
        private double margin = Terms.USUAL.margin();

        @Option(names = "--out", required = true, paramLabel = "FILE.zip", description = "The file to write.")
        private Path out = Path.of("");

        @Mixin
        private PluginOption plugins = new PluginOption();

        Create(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Set<PackageMaker.Extra> wanted = EnumSet.noneOf(PackageMaker.Extra.class);
            extras.forEach(extra -> wanted.add(extra(extra)));
            Path folder = run.toAbsolutePath().normalize();
            RunFolder opened = RunFolder.open(folder);
            Set<String> needless =
                    plugins.workbench().jarsWithout(opened.plan().versions().keySet());
            PackageMaker.Made made = PackageMaker.create(
                    folder,
                    new PackageMaker.Options(wanted, new Terms(margin)),
                    new PackageMaker.Jars(jars(plugins.folder()), billOfMaterials(), needless),
                    out.toAbsolutePath().normalize());
            made.warnings().forEach(console.err()::println);
            console.out().println(made.file());
            return Exit.OK;
        }

        private static PackageMaker.Extra extra(String name) {
            return Stream.of(PackageMaker.Extra.values())
                    .filter(extra -> extra.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "--with " + name + ": must be models, checkpoints, episodes or libraries"));
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
            description = "Look whether a package is whole, and whether its tables, figures and claims follow from its"
                    + " results. Runs no code of it. Exit status 4 where something differs.")
    private static final class Verify implements Callable<Integer> {
        private final Console console;

        @Parameters(index = "0", paramLabel = "FILE.zip", description = "The package.")
        private Path file = Path.of("");

        @Option(names = "--key", paramLabel = "FILE.pub", description = "Public key of who should have signed it.")
        private @Nullable Path key;

        @Option(
                names = "--against",
                paramLabel = "DIR",
                description =
                        "Compare tables and figures' numbers that were published in a folder with those that follow"
                                + " from the results, too.")
        private @Nullable Path against;

        Verify(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            List<Level> levels = new ArrayList<>(Verification.of(file, Optional.ofNullable(key)));
            if (against != null && levels.stream().allMatch(level -> level.outcome() != Level.Outcome.DIFFERENT)) {
                levels.add(PublishedNumbers.of(file, against));
            }
            return print(console, levels);
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
                    "Set two packages or runs side by side: configuration, code and machine, results, claims. Exit"
                            + " status 4 where configuration, results or claims differ.")
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
