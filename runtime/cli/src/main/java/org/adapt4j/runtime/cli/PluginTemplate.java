package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plug-in of one kind to start from. What it is made of stands elsewhere and is tested there: on the page CONTRIBUTING.md, and in
 * {@code examples/own-plugin}. Here is only which file is whose, and how each is given another name.
 */
enum PluginTemplate {
    LEARNER("learner", "warm-up", "WarmUp", "WarmUpPlugin", List.of(), "api/bom,api/contract,api/testkit"),
    ADAPTER("adapter", "shrink", "Shrink", "ShrinkPlugin", List.of(), "api/bom,api/contract,api/testkit"),
    BENCHMARK(
            "benchmark",
            "ball",
            "Ball",
            "BallBenchmark$InAJar",
            List.of("adapt4j-api-toolkit"),
            "api/bom,api/contract,api/toolkit,api/testkit"),
    ALGORITHM(
            "algorithm",
            "reinforce",
            "Reinforce",
            "Reinforce$InAJar",
            List.of("adapt4j-api-toolkit"),
            "api/bom,api/contract,api/toolkit,api/testkit"),
    DATA_SET(
            "data-set",
            "csv-episodes",
            "CsvEpisodes",
            "CsvEpisodes$InAJar",
            List.of("adapt4j-api-toolkit"),
            "api/bom,api/contract,api/toolkit,api/testkit"),
    SELECTOR(
            "selector",
            "fewest-steps",
            "FewestSteps",
            "FewestSteps$InAJar",
            List.of("adapt4j-method-selection"),
            "api/bom,api/contract,api/testkit,plugins-methods/selection");

    private static final String GROUP = "org.example";
    private static final String SERVICE = "src/main/resources/META-INF/services/org.adapt4j.api.plugin.Plugin";
    private static final String DEFAULTS = "src/main/resources/reference.conf";

    /** The one dependency that the page's pom.xml has with scope provided. */
    private static final Pattern CONTRACT = Pattern.compile(
            " *<dependency>\\s*<groupId>org\\.adapt4j</groupId>\\s*<artifactId>adapt4j-api-contract</artifactId>.*?</dependency>\n",
            Pattern.DOTALL);

    private final String kind;
    private final String name;
    private final String type;
    private final String plugin;
    private final List<String> libraries;
    private final String modules;

    /**
     * A template.
     *
     * @param kind what people call it
     * @param name of what it contributes, as templates have it
     * @param type the same as the beginning of classes' names
     * @param plugin class that contributes it
     * @param libraries artifacts of Adapt4J that it needs beside the contract
     * @param modules folders of Adapt4J that bring all these
     */
    PluginTemplate(String kind, String name, String type, String plugin, List<String> libraries, String modules) {
        this.kind = kind;
        this.name = name;
        this.type = type;
        this.plugin = plugin;
        this.libraries = libraries;
        this.modules = modules;
    }

    /** The kind, as {@code adapt4j plugins} calls it. */
    String kind() {
        return kind;
    }

    /**
     * The files of a project, by path.
     *
     * @param newName kebab-case, begins with a letter
     * @param group dotted; the Maven group, and the package above that of the plug-in
     * @param version of Adapt4J to compile against; empty for that of the page
     */
    Map<String, String> files(String newName, String group, Optional<String> version) {
        Map<String, String> page = ShownFiles.of(text("CONTRIBUTING.md"));
        Map<String, String> own = new TreeMap<>();
        String folder = "/java/" + (GROUP + "." + packageOf()).replace('.', '/') + "/";
        if (this == ADAPTER) {
            for (String path : List.of(
                    "src/main" + folder + "Shrink.java",
                    "src/main" + folder + "ShrinkPlugin.java",
                    "src/test" + folder + "ShrinkTest.java",
                    DEFAULTS,
                    "shrink.conf")) {
                own.put(path, text("own-plugin/" + path));
            }
        } else {
            page.forEach((path, text) -> {
                if (path.contains(folder)) {
                    own.put(path, text);
                }
            });
        }
        if (this == LEARNER) {
            own.put(DEFAULTS, of(page, DEFAULTS));
            own.put("warm-up.conf", of(page, "warm-up.conf"));
        } else if (this == ALGORITHM) {
            own.put(DEFAULTS, of(page, "reinforce/" + DEFAULTS));
        }
        own.put("pom.xml", pom(page));
        own.put(SERVICE, GROUP + "." + packageOf() + "." + plugin + "\n");
        Map<String, String> files = new TreeMap<>();
        Naming naming = naming(newName, group);
        own.forEach((path, text) -> files.put(naming.apply("", path), naming.apply(path, text)));
        version.ifPresent(number -> files.computeIfPresent(
                "pom.xml", (path, text) -> text.replaceAll("0\\.1\\.0-SNAPSHOT", Matcher.quoteReplacement(number))));
        files.put(
                "README.md",
                text("plugin-readme.md")
                        .replace("@NAME@", newName)
                        .replace("@KIND@", kind)
                        .replace("@MODULES@", modules));
        return files;
    }

    /** Names of classes that its files use, which no class of the project may have. */
    boolean uses(String className) {
        Pattern word = Pattern.compile("\\b" + className + "\\b");
        return files(name, GROUP, Optional.empty()).entrySet().stream()
                .filter(file -> file.getKey().endsWith(".java"))
                .anyMatch(
                        file -> word.matcher(file.getValue().replace(type, "")).find());
    }

    private String pom(Map<String, String> page) {
        String pom = of(page, "pom.xml").replace(LEARNER.name, name);
        Matcher contract = CONTRACT.matcher(pom);
        if (!contract.find()) {
            throw new IllegalStateException("the page's pom.xml has no dependency adapt4j-api-contract");
        }
        StringBuilder more = new StringBuilder();
        for (String library : libraries) {
            more.append(contract.group().replace("adapt4j-api-contract", library));
        }
        String engine = this == ALGORITHM ? of(page, "reinforce/engine.xml") : "";
        return pom.substring(0, contract.end())
                + more
                + pom.substring(contract.end()).replace("  </dependencies>", engine + "  </dependencies>");
    }

    private String packageOf() {
        return this == SELECTOR ? "fewest" : name.replace("-", "");
    }

    /**
     * Puts another name for that of the template: the package, the beginnings of classes' names, and what is named in settings. In Java a
     * word such as "ball" counts within quotes and marks of code only, for it may stand in a sentence.
     */
    private Naming naming(String newName, String group) {
        String newPackage = group + "." + packageOf(newName);
        String word = Pattern.quote(name);
        String alone = "(?<![\\w-])" + word + "(?![\\w-])";
        String quoted = name.contains("-") ? alone : "(?<=[\".\u0002]|@code )" + word + "(?=[\"}-])";
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of("(?<=\")" + Pattern.quote(GROUP + ".") + "(?=" + word + "\")", group + "."));
        steps.add(Step.of(Pattern.quote(GROUP + "." + packageOf()) + "(?![\\w-])", newPackage));
        steps.add(Step.of(
                Pattern.quote((GROUP + "." + packageOf()).replace('.', '/')) + "(?![\\w-])",
                newPackage.replace('.', '/')));
        steps.add(Step.of("(?<=<groupId>)" + Pattern.quote(GROUP) + "(?=</groupId>)", group));
        steps.add(Step.of("\\b" + type + "(?=[A-Z.$]|\\b)", typeOf(newName)));
        steps.add(Step.of("examples/own-plugin/", ""));
        steps.add(Step.of("own-plugin", newName));
        return new Naming(List.copyOf(steps), Step.of(quoted, newName), Step.of(alone, newName));
    }

    /** What is replaced by what. */
    private record Step(Pattern pattern, String by) {
        static Step of(String pattern, String by) {
            return new Step(Pattern.compile(pattern), by);
        }
    }

    /**
     * All that is replaced in a file.
     *
     * @param steps in any file
     * @param inJava the name in a file of Java
     * @param elsewhere the name in another file
     */
    private record Naming(List<Step> steps, Step inJava, Step elsewhere) {
        String apply(String path, String text) {
            List<Step> all = new ArrayList<>(steps);
            all.add(path.endsWith(".java") ? inJava : elsewhere);
            // Marks first, so that no new name is taken for one that is to be replaced.
            String result = text;
            for (int i = 0; i < all.size(); i++) {
                result = all.get(i).pattern().matcher(result).replaceAll("\u0001" + i + "\u0002");
            }
            for (int i = 0; i < all.size(); i++) {
                result = result.replace("\u0001" + i + "\u0002", all.get(i).by());
            }
            return result;
        }
    }

    /** The package's last word. */
    static String packageOf(String name) {
        return name.replace("-", "");
    }

    /** The beginning of classes' names. */
    static String typeOf(String name) {
        return Pattern.compile("(?:^|-)(.)")
                .matcher(name)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    private static String of(Map<String, String> page, String path) {
        return Objects.requireNonNull(page.get(path), () -> "the page does not show " + path);
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(
                PluginTemplate.class.getResourceAsStream("templates/" + name),
                () -> name + " is missing from the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
