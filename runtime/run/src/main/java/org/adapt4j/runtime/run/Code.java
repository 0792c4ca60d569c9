package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The code that a process runs: the Java, every jar by its SHA-256, with the native libraries in it, and libtorch where it comes from
 * elsewhere.
 *
 * @param java version, virtual machine and vendor
 * @param parts sorted by name
 */
public record Code(String java, List<Part> parts) {
    /** Where libtorch is taken from instead of its jar, if the user says so. */
    private static final String TORCH_PATH = "PYTORCH_LIBRARY_PATH";

    private static final String PLUGINS = "plugins/";

    /**
     * A jar, a folder of classes, or a library.
     *
     * @param name of the file; those of the user's folder of plug-ins begin with {@code plugins/}
     * @param version as its manifest says it; empty if it does not
     * @param sha256 of its content
     * @param seen which file that was, where, and in what state; a file that is still in it need not be read again
     */
    public record Part(String name, String version, String sha256, String seen) {
        private String line() {
            return name + (version.isEmpty() ? "" : ", version " + version) + ", sha256 " + sha256.substring(0, 16);
        }
    }

    /** Sorts the parts. */
    public Code {
        parts = parts.stream()
                .sorted(Comparator.comparing(Part::name).thenComparing(Part::sha256))
                .toList();
    }

    /**
     * What this process runs.
     *
     * @param plugins the user's folder of plug-ins
     * @param known what was found before: files that have not changed since are not read again
     */
    public static Code ofThisProcess(Optional<Path> plugins, Optional<Code> known) {
        return of(classPath(), plugins, known, Sha256::of);
    }

    /** The same. @param sums of files that are not among those found before */
    static Code ofThisProcess(Optional<Path> plugins, Optional<Code> known, KnownSums sums) {
        return of(classPath(), plugins, known, sums::of);
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    static Code of(List<Path> classPath, Optional<Path> plugins, Optional<Code> known) {
        return of(classPath, plugins, known, Sha256::of);
    }

    private static Code of(List<Path> classPath, Optional<Path> plugins, Optional<Code> known, Summing sums) {
        Map<String, Part> before = known.map(Code::parts).stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(Part::seen, part -> part, (one, other) -> one));
        List<Part> parts = new ArrayList<>();
        for (Path file : classPath) {
            parts.add(part("", file, before, sums));
        }
        plugins.ifPresent(folder -> list(folder, ".jar").forEach(jar -> parts.add(part(PLUGINS, jar, before, sums))));
        String torch = System.getenv(TORCH_PATH);
        if (torch != null) {
            list(Path.of(torch), ".so").forEach(library -> parts.add(part(TORCH_PATH + "/", library, before, sums)));
        }
        return new Code(
                Runtime.version() + ", " + System.getProperty("java.vm.name") + ", "
                        + System.getProperty("java.vendor"),
                parts);
    }

    @FunctionalInterface
    private interface Summing {
        String of(Path file) throws IOException;
    }

    private static List<Path> list(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(end))
                    .toList();
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
    }

    private static Part part(String prefix, Path file, Map<String, Part> before, Summing sums) {
        String name = prefix + file.getFileName();
        try {
            if (Files.isDirectory(file)) {
                return new Part(nameOfClasses(file), "", sumOfFolder(file), "");
            }
            String seen = KnownSums.seen(file);
            Part same = before.get(seen);
            return same == null || !same.name().equals(name)
                    ? new Part(name, version(file), sums.of(file), seen)
                    : same;
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    private static String version(Path file) {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            String version = manifest == null
                    ? null
                    : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "" : version;
        } catch (IOException e) {
            return "";
        }
    }

    /** The module of an unpacked build, such as {@code engine/target/classes}. */
    private static String nameOfClasses(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        return path.subpath(Math.max(0, path.getNameCount() - 3), path.getNameCount())
                .toString();
    }

    private static String sumOfFolder(Path folder) throws IOException {
        StringBuilder sums = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                sums.append(folder.relativize(file))
                        .append(' ')
                        .append(Sha256.of(file))
                        .append('\n');
            }
        }
        return Sha256.of(sums.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the same code would run, wherever its files lie. */
    boolean isSame(Code other) {
        return text().equals(other.text());
    }

    /** What differs, a line each. */
    String difference(Code now) {
        return LineDifference.between(text(), now.text());
    }

    /** Advice where one had plug-ins of the user's and this has none, on a line of its own; else empty. */
    String pluginsLeftOut(Code now) {
        return hasPlugins() && !now.hasPlugins() ? "\nName the folder of its plug-ins: --plugins DIR" : "";
    }

    private boolean hasPlugins() {
        return parts.stream().anyMatch(part -> part.name().startsWith(PLUGINS));
    }

    private String text() {
        return "Java " + java + "\n"
                + parts.stream().map(part -> part.line() + "\n").collect(Collectors.joining());
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("java", java);
        for (Part part : parts) {
            ObjectNode one = json.withArray("parts").addObject();
            one.put("name", part.name()).put("version", part.version());
            one.put("sha256", part.sha256()).put("seen", part.seen());
        }
        return json;
    }

    static Code fromJson(JsonNode json) {
        Collection<Part> parts = new ArrayList<>();
        for (JsonNode part : json.path("parts")) {
            parts.add(new Part(
                    part.path("name").asText(),
                    part.path("version").asText(),
                    part.path("sha256").asText(),
                    part.path("seen").asText()));
        }
        return new Code(json.path("java").asText(), List.copyOf(parts));
    }

    /** The versions of what is named, for people: Java, and each jar with a version. */
    public Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", java);
        parts.forEach(part ->
                versions.put(part.name(), part.version().isEmpty() ? "sha256 " + part.sha256() : part.version()));
        return versions;
    }
}
