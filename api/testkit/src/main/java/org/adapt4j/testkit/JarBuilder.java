package org.adapt4j.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.adapt4j.api.plugin.ApiVersion;
import org.adapt4j.api.plugin.Plugin;

/** Makes jars out of sources, as a third party's build would: with the compiler. */
public final class JarBuilder {

    private static final Attributes.Name API = new Attributes.Name("Adapt4J-Api-Version");

    private final Path work;
    private final Map<String, byte[]> entries = new TreeMap<>();
    private final Manifest manifest = new Manifest();

    /** With a folder for what is made on the way. */
    public JarBuilder(Path work) throws IOException {
        this.work = Files.createDirectories(work);
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        api(ApiVersion.CURRENT);
    }

    /** With the files of a folder, such as classes. */
    public static JarBuilder of(Path folder) throws IOException {
        return new JarBuilder(folder).resources(folder);
    }

    /** The version of the API that it was compiled for, as its manifest says; returns this. */
    public JarBuilder api(String version) {
        manifest.getMainAttributes().put(API, version);
        return this;
    }

    /** As if it had been built for no API; returns this. */
    public JarBuilder withoutApi() {
        manifest.getMainAttributes().remove(API);
        return this;
    }

    /** Its own version, as its manifest says; returns this. */
    public JarBuilder version(String version) {
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        return this;
    }

    /** Adds a file of text; returns this. */
    public JarBuilder entry(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Takes a file out again; returns this. */
    public JarBuilder without(String name) {
        entries.remove(name);
        return this;
    }

    /** Names a class in the service file; returns this. */
    public JarBuilder service(String className) {
        return entry("META-INF/services/" + Plugin.class.getName(), className + "\n");
    }

    /** A plug-in class {@code other.P} with an id, a body of {@code contribute} and settings {@code S}, named in the service file; returns this. */
    public JarBuilder plugin(String id, String body) throws IOException {
        return source("other/P.java", """
            package other;
            public final class P implements org.adapt4j.api.plugin.Plugin {
                @Override public String id() { return "%s"; }
                @Override public void contribute(org.adapt4j.api.plugin.Contributions c) { %s }
                record S(int a) {}
            }
            """.formatted(id, body)).service("other.P");
    }

    /** Compiles sources, given as path and text in turn; returns this. */
    public JarBuilder source(String... pathsAndTexts) throws IOException {
        Path sources = Files.createTempDirectory(work, "source");
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            Path file = sources.resolve(pathsAndTexts[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, pathsAndTexts[i + 1]);
        }
        return sources(sources);
    }

    /** Compiles a folder of sources against the class path of the test; returns this. */
    public JarBuilder sources(Path folder) throws IOException {
        Path classes = Files.createTempDirectory(work, "classes");
        try (Stream<Path> sources = Files.walk(folder)) {
            compile(
                    sources.filter(file -> file.toString().endsWith(".java")).toList(),
                    classes,
                    System.getProperty("java.class.path"));
        }
        return resources(classes);
    }

    /**
     * Compiles sources into a folder.
     *
     * @throws AssertionError with what the compiler says, if they do not compile
     */
    public static void compile(List<Path> sources, Path classes, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter log = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "--release", "17", "-d", classes.toString(), "-cp", classPath);
            if (!compiler.getTask(log, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new AssertionError(sources + " do not compile against " + classPath + ":\n" + log);
            }
        }
    }

    /** Adds the files of a folder; returns this. */
    public JarBuilder resources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return this;
    }

    /** Writes the jar; returns its path. */
    public Path build(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return jar;
    }
}
