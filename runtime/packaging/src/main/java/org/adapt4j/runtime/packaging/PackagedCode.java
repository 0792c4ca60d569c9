package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/** The code that a package brings or names: none of it runs before whoever runs it has said so, or has the very same files. */
public final class PackagedCode {
    private static final String MAIN = "org.adapt4j.runtime.cli.Main";
    private static final List<String> JAVA = List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true");

    private final PackageFile file;

    PackagedCode(PackageFile file) {
        this.file = file;
    }

    /** Jars of third parties' plug-ins in the package. */
    public List<Path> plugins() {
        Path plugins = file.payload().resolve(Software.PLUGINS);
        if (!Files.isDirectory(plugins)) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(plugins)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw StorageException.of(plugins, e);
        }
    }

    /**
     * Jars in the package that would be on the class path, and of which no copy is among those at hand: code of whoever made the package.
     *
     * @return a line each, by name and SHA-256
     */
    public List<String> foreign(List<Path> atHand) {
        Map<String, Path> own = bySum(atHand);
        List<String> foreign = new ArrayList<>();
        for (JsonNode jar : classPath()) {
            String sum = jar.path("sha256").asText();
            if (jar.hasNonNull("file") && !own.containsKey(sum)) {
                foreign.add(jar.path("name").asText() + ", sha256 " + sum);
            }
        }
        return foreign;
    }

    /** Entries of the lock that make the class path: all but plug-ins of third parties, and what the run does not use. */
    private List<JsonNode> classPath() {
        List<JsonNode> jars = new ArrayList<>();
        for (JsonNode jar : file.json(Software.LOCK).path("jars")) {
            if (!jar.path("name").asText().startsWith(Software.PLUGIN_PREFIX)
                    && !jar.path("origin").asText().startsWith(Software.LEFT_OUT)) {
                jars.add(jar);
            }
        }
        return jars;
    }

    /**
     * The command that goes on with a run, by the jars of the package.
     *
     * @param run folder of the run
     * @param atHand jars among which libraries are looked for that the package only names
     * @param trustAll whether the user wants plug-ins run that are not in the list of trusted ones
     * @throws PackageException listing the jars that are neither in the package nor at hand
     */
    public List<String> resume(Path run, List<Path> atHand, boolean trustAll) {
        Map<String, Path> bySum = bySum(atHand);
        List<String> classPath = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (JsonNode jar : classPath()) {
            Path found = jar.hasNonNull("file")
                    ? file.payload().resolve(jar.path("file").asText())
                    : bySum.get(jar.path("sha256").asText());
            if (found == null) {
                missing.add(jar.path("name").asText() + ", sha256 "
                        + jar.path("sha256").asText() + ", "
                        + jar.path("purl").asText(jar.path("origin").asText()));
            } else {
                classPath.add(found.toString());
            }
        }
        if (!missing.isEmpty()) {
            throw new PackageException("these jars are neither in the package nor on this machine:\n  "
                    + String.join("\n  ", missing)
                    + "\nGet them (those with an address pkg:maven/GROUP/ARTIFACT@VERSION by: mvn dependency:get"
                    + " -Dartifact=GROUP:ARTIFACT:VERSION) and name their folder with --jars DIR");
        }
        return command(String.join(File.pathSeparator, classPath), run, trustAll);
    }

    /** The same by the jars of this process, whatever the package brings; its plug-ins are taken from it all the same. */
    public List<String> resumeByOwnJars(Path run, boolean trustAll) {
        return command(System.getProperty("java.class.path"), run, trustAll);
    }

    private List<String> command(String classPath, Path run, boolean trustAll) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA);
        command.addAll(List.of("-cp", classPath, MAIN, "resume"));
        if (!plugins().isEmpty()) {
            command.addAll(List.of(
                    "--plugins", file.payload().resolve(Software.PLUGINS).toString()));
            if (trustAll) {
                command.add("--trust-all");
            }
        }
        command.add(run.toString());
        return command;
    }

    private static Map<String, Path> bySum(List<Path> jars) {
        Map<String, Path> bySum = new HashMap<>();
        for (Path jar : jars) {
            try {
                if (Files.isRegularFile(jar)) {
                    bySum.put(Sha256.of(jar), jar);
                }
            } catch (IOException e) {
                throw StorageException.of(jar, e);
            }
        }
        return bySum;
    }
}
