package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Builds plug-ins as a third party would: with the compiler, into a jar. */
final class PluginJars {

    private PluginJars() {}

    /** Compiles sources into a folder; fails the test if they do not compile. */
    static void compile(List<Path> sources, Path classes, String classPath) {
        Stream<String> options = Stream.of("-proc:none", "--release", "17", "-d", classes.toString(), "-cp", classPath);
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        Stream.concat(options, sources.stream().map(Path::toString))
                                .toArray(String[]::new));
        assertThat(exit).as("%s compile against %s", sources, classPath).isZero();
    }

    /** Packs a folder; the attributes go into the manifest. */
    static void jar(Path folder, Path jar, Map<String, String> attributes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
                zip.closeEntry();
            }
        }
    }
}
