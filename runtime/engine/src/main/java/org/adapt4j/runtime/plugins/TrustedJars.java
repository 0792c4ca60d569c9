package org.adapt4j.runtime.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.runtime.settings.Problem;
import org.adapt4j.runtime.settings.Problems;

/**
 * The jars of plug-ins that the user said to trust: each by the ids of its plug-ins, its version, and its SHA-256, and by the classes that its
 * services file offers, which is what is known of a jar that did not run yet. Whatever else lies in a folder of plug-ins is refused before any
 * of its code runs.
 */
public final class TrustedJars {
    /** Names the list, for users and tests. */
    public static final String VARIABLE = "ADAPT4J_TRUSTED";

    private static final String PROPERTY = "adapt4j.trusted";

    private final Path file;

    private TrustedJars(Path file) {
        this.file = file;
    }

    /** The user's list: what {@value #VARIABLE} names, else {@code adapt4j/trusted-plugins.jsonl} where the user's configuration lies. */
    public static TrustedJars ofThisUser() {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        if (named != null && !named.isEmpty()) {
            return in(Path.of(named));
        }
        String base = System.getenv("XDG_CONFIG_HOME");
        Path folder =
                base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(base);
        return in(folder.resolve("adapt4j").resolve("trusted-plugins.jsonl"));
    }

    static TrustedJars in(Path file) {
        return new TrustedJars(file.toAbsolutePath());
    }

    /**
     * What is known of a jar without running it.
     *
     * @param offers classes of its services file
     * @param version by its manifest; empty if it has none
     */
    private record Identity(String offers, String version, String sha256) {
        static Identity of(Path jar) {
            try (JarFile file = new JarFile(jar.toFile(), false)) {
                var services = file.getEntry(PluginJar.SERVICE_FILE);
                String offers = "";
                if (services != null) {
                    try (InputStream in = file.getInputStream(services)) {
                        offers = new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8)
                                .lines()
                                .map(line -> line.replaceAll("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .sorted()
                                .collect(Collectors.joining(", "));
                    }
                }
                String version = PluginJar.attribute(
                                file.getManifest(), Attributes.Name.IMPLEMENTATION_VERSION.toString())
                        .orElse("");
                return new Identity(offers, version, Sha256.of(jar));
            } catch (IOException e) {
                throw StorageException.of(jar, e);
            }
        }
    }

    /**
     * Trusts a jar from now on, as it is. Its plug-ins are asked for their ids, which runs their code.
     *
     * @return what was noted, in a sentence
     * @throws ConfigurationException if it is no jar of plug-ins that can be loaded
     */
    public String trust(Path jar) {
        if (Identity.of(jar).offers().isEmpty()) {
            throw new ConfigurationException(List.of(
                    new Problem(jar.toString(), 0, "", "is not a plug-in: it has no file " + PluginJar.SERVICE_FILE)));
        }
        // What is asked is what is trusted, whatever becomes of the file meanwhile.
        try (OwnCopy copy = OwnCopy.of(jar)) {
            List<String> ids = copy.ids();
            if (ids.isEmpty()) {
                throw new ConfigurationException(List.of(
                        new Problem(jar.toString(), 0, "", "holds no plug-in; the name of its file must end in .jar")));
            }
            return note(jar, Identity.of(copy.jar()), ids);
        }
    }

    private String note(Path jar, Identity identity, List<String> ids) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ids.forEach(line.putArray("ids")::add);
        line.put("version", identity.version()).put("sha256", identity.sha256());
        line.put("offers", identity.offers());
        line.put("jar", jar.toAbsolutePath().toString());
        line.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        try (JsonLines list = JsonLines.open(file, JsonLines.ALL)) {
            list.append(line);
            list.force();
        }
        return String.join(", ", ids) + (identity.version().isEmpty() ? "" : " " + identity.version()) + ", sha256 "
                + identity.sha256();
    }

    /**
     * Looks at every jar of a folder.
     *
     * @throws ConfigurationException naming each that is not trusted, and the sum that was expected
     */
    public void demandTrusted(Path folder) {
        Problems problems = new Problems();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(jar -> jar.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .forEach(jar ->
                            objection(jar).ifPresent(why -> problems.add(new Problem(jar.toString(), 0, "", why))));
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
        problems.throwIfAny();
    }

    /** Why a jar is refused; empty if it is trusted. */
    public Optional<String> objection(Path jar) {
        if (!Files.isRegularFile(jar) || !isArchive(jar)) {
            return Optional.empty(); // no code can come of it, and the loader says what is wrong with it
        }
        Identity identity = Identity.of(jar);
        List<ObjectNode> list = JsonLines.read(file);
        if (list.stream().anyMatch(line -> line.path("sha256").asText().equals(identity.sha256()))) {
            return Optional.empty();
        }
        String remedy = "; if you know where it is from and mean to run its code, say so: adapt4j plugins trust " + jar;
        Optional<ObjectNode> before = list.stream()
                .filter(line -> line.path("offers").asText().equals(identity.offers()))
                .reduce((one, later) -> later);
        return Optional.of(before.map(line -> "is not the jar that you trusted: " + ids(line) + " had sha256 "
                                + line.path("sha256").asText() + ", and this one has " + identity.sha256())
                        .orElse("is not trusted: nobody said that its code (" + identity.offers() + ", sha256 "
                                + identity.sha256() + ") may run")
                + remedy);
    }

    private static String ids(ObjectNode line) {
        String ids = line.path("ids").valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
        String version = line.path("version").asText();
        return (ids.isEmpty() ? line.path("offers").asText() : ids) + (version.isEmpty() ? "" : " " + version);
    }

    private static boolean isArchive(Path jar) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return file.size() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
