package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The machine and the process that computed something, as far as they can change its last bits: where two agree in what
 * {@link #decidingDifferences decides}, the same program gives the same bytes.
 *
 * @param facts by name, see the constants; names and values are for people too
 * @param natives SHA-256 of each native library that the process had loaded, by file name
 */
public record Fingerprint(SortedMap<String, String> facts, SortedMap<String, String> natives) {
    private static final String INSTRUCTIONS = "instructions";
    private static final String JAVA = "java";
    private static final String THREADS = "threads";

    /** Numerical libraries choose their kernels by these, and the Java runtime its intrinsics, which agree to the bit. */
    private static final Pattern VECTOR = Pattern.compile("(sse4|avx|fma|f16c|amx|bmi)[0-9a-z_]*");

    /** Variables that choose threads or instruction sets for numerical libraries. */
    private static final Pattern CHOOSES = Pattern.compile("(OMP|GOMP|KMP|MKL|DNNL|ONEDNN|ATEN|OPENBLAS)_[A-Z_]*");

    private static final Pattern LIBRARY = Pattern.compile("(?:[^ ]+ +){5}(/.*\\.so(?:\\.[0-9]+)*)");

    /** These come with Java, and its version tells them. */
    private static final Predicate<Path> OF_JAVA =
            path -> path.startsWith(Path.of(System.getProperty("java.home")).toAbsolutePath());

    /** Freezes the maps. */
    public Fingerprint {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        natives = Collections.unmodifiableSortedMap(new TreeMap<>(natives));
    }

    /**
     * Of this process, with the native libraries that it has loaded by now.
     *
     * @param known sums of libraries that were read before; those read now are added
     */
    public static Fingerprint ofThisProcess(KnownSums known) {
        SortedMap<String, String> natives = new TreeMap<>();
        for (Path library : loaded()) {
            natives.put(String.valueOf(library.getFileName()), known.of(library));
        }
        return new Fingerprint(ownFacts(), natives);
    }

    private static SortedMap<String, String> ownFacts() {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("kernel", System.getProperty("os.version"));
        facts.put("distribution", distribution());
        Map<String, String> processor = processor();
        facts.put("processor", processor.getOrDefault("model name", "unknown"));
        facts.put(
                INSTRUCTIONS,
                new TreeSet<>(List.of(processor.getOrDefault("flags", "").split(" ")))
                        .stream().filter(VECTOR.asMatchPredicate()).collect(Collectors.joining(" ")));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put(
                JAVA,
                Runtime.version() + ", " + System.getProperty("java.vm.name") + ", "
                        + System.getProperty("java.vendor"));
        facts.put(
                "java-options",
                String.join(
                        " ",
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(option -> !option.contains("/"))
                                .toList()));
        facts.put(
                "collector",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")));
        facts.put(
                THREADS,
                new TreeMap<>(System.getenv())
                        .entrySet().stream()
                                .filter(variable ->
                                        CHOOSES.matcher(variable.getKey()).matches())
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .collect(Collectors.joining(" ")));
        facts.put("locale", Locale.getDefault().toLanguageTag());
        facts.put("time-zone", ZoneId.systemDefault().getId());
        return facts;
    }

    private static Map<String, String> processor() {
        Map<String, String> facts = new TreeMap<>();
        for (String line : lines(Path.of("/proc/cpuinfo"))) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                facts.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return facts;
    }

    private static String distribution() {
        return lines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                .findFirst()
                .orElse("unknown");
    }

    private static List<Path> loaded() {
        TreeSet<Path> libraries = new TreeSet<>();
        for (String line : lines(Path.of("/proc/self/maps"))) {
            Matcher mapped = LIBRARY.matcher(line);
            if (mapped.matches()) {
                Path library = Path.of(mapped.group(1));
                if (!OF_JAVA.test(library) && Files.isRegularFile(library)) {
                    libraries.add(library);
                }
            }
        }
        return new ArrayList<>(libraries);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // another system, which has no such file
        }
    }

    /** What stands against the same bytes, a line each: instruction sets, Java, threads, native libraries (the C library's among them). */
    public List<String> decidingDifferences(Fingerprint other) {
        List<String> differences = new ArrayList<>();
        for (String name : List.of(INSTRUCTIONS, JAVA, THREADS)) {
            difference(name, facts.get(name), other.facts.get(name), differences);
        }
        TreeSet<String> names = new TreeSet<>(natives.keySet());
        names.addAll(other.natives.keySet());
        for (String name : names) {
            difference(name, natives.get(name), other.natives.get(name), differences);
        }
        return differences;
    }

    /** All that differs, a line each. */
    public List<String> differences(Fingerprint other) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(other.facts.keySet());
        for (String name : names) {
            difference(name, facts.get(name), other.facts.get(name), differences);
        }
        decidingDifferences(other).stream()
                .filter(line -> !differences.contains(line))
                .forEach(differences::add);
        return differences;
    }

    private static void difference(
            String name, @Nullable String one, @Nullable String other, List<String> differences) {
        if (one == null ? other != null : !one.equals(other)) {
            differences.add(
                    name + ": " + (one == null ? "absent" : one) + " against " + (other == null ? "absent" : other));
        }
    }

    /** As {@link #fromJson} reads it. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode own = json.putObject("facts");
        facts.forEach(own::put);
        ObjectNode libraries = json.putObject("natives");
        natives.forEach(libraries::put);
        return json;
    }

    /** Reads what {@link #toJson} made; what is not there is absent. */
    public static Fingerprint fromJson(JsonNode json) {
        return new Fingerprint(texts(json.path("facts")), texts(json.path("natives")));
    }

    private static SortedMap<String, String> texts(JsonNode object) {
        SortedMap<String, String> texts = new TreeMap<>();
        object.propertyStream()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
