package org.adapt4j.runtime.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent that takes all memory of its process once a file appears, which it deletes, so that the next process is spared. */
public final class Hog {
    private static final long[][] HELD = new long[1 << 20][];

    private Hog() {}

    /** Called by Java. @param file to wait for */
    public static void premain(String file) {
        Thread hog = new Thread(() -> {
            while (true) {
                try {
                    Thread.sleep(20);
                    if (Files.deleteIfExists(Path.of(file))) {
                        break;
                    }
                } catch (IOException | InterruptedException e) {
                    return;
                }
            }
            for (int i = 0; i < HELD.length; i++) {
                HELD[i] = new long[1 << 17];
            }
        });
        hog.setDaemon(true);
        hog.start();
    }

    /** Writes the jar of the agent; returns the option of Java that starts it. */
    static String option(Path jar, Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Hog.class.getName());
        String name = Hog.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest);
                InputStream in = Hog.class.getClassLoader().getResourceAsStream(name)) {
            zip.putNextEntry(new JarEntry(name));
            if (in != null) {
                in.transferTo(zip);
            }
        }
        return "-javaagent:" + jar + "=" + file;
    }
}
