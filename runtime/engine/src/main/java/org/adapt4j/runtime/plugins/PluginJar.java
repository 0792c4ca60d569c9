package org.adapt4j.runtime.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.adapt4j.api.plugin.ApiVersion;
import org.adapt4j.api.plugin.Plugin;
import org.adapt4j.api.settings.InputFile;
import org.jspecify.annotations.Nullable;

/** What can be said about a jar of the plug-in folder before any of its code runs. */
final class PluginJar {

    static final String SERVICE_FILE = "META-INF/services/" + Plugin.class.getName();
    private static final String API_VERSION = "Adapt4J-Api-Version";
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\..*)?");

    private static final int LONGEST_TEXT = 1 << 20;

    private static final long LONGEST_CLASS = 16 << 20;

    private PluginJar() {}

    /**
     * Why a jar is refused.
     *
     * @return empty if it may be loaded
     */
    static Optional<String> objection(Path jar) {
        try (JarFile file = new JarFile(InputFile.regular(jar).toFile())) {
            TreeSet<String> shared = new TreeSet<>();
            for (var entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                demandShort(file, entry);
                SharedPackages.classIn(entry.getName()).ifPresent(shared::add);
            }
            if (!shared.isEmpty()) {
                String first = shared.first();
                return Optional.of("contains " + first
                        + (shared.size() == 1 ? "" : " and " + (shared.size() - 1) + " more")
                        + " of the packages that plug-ins share with the application; give the dependency that brings "
                        + SharedPackages.packageOf(first) + " the Maven scope 'provided' and build the jar again");
            }
            if (file.getEntry(SERVICE_FILE) == null) {
                return Optional.of("is not a plug-in: it has no file " + SERVICE_FILE
                        + "; add one that names the class implementing Plugin, or take the jar out of this folder");
            }
            return objectionToVersion(attribute(file.getManifest(), API_VERSION));
        } catch (ZipException e) {
            return Optional.of(
                    "is not a readable jar (" + e.getMessage() + "); it may be cut short, so copy or build it again");
        } catch (InputFile.Refused e) {
            return Optional.of(e.why());
        } catch (IOException | RuntimeException e) {
            return Optional.of("cannot be read: " + e);
        }
    }

    /** What is read whole before anybody could say that it is too long; the size that a jar states need not be true. */
    private static void demandShort(JarFile file, ZipEntry entry) throws IOException {
        String name = entry.getName();
        if (name.endsWith(".class") && entry.getSize() > LONGEST_CLASS) {
            throw new InputFile.Refused(
                    name, 0, "its " + name + " is no class: it has " + entry.getSize() + " bytes; build the jar again");
        }
        if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME)
                || name.equals(SERVICE_FILE)
                || name.equals("reference.conf")) {
            try (InputStream in = file.getInputStream(entry)) {
                InputFile.bytes(name, in, LONGEST_TEXT);
            } catch (InputFile.Refused e) {
                throw new InputFile.Refused(name, 0, "its " + e.getMessage() + "; build the jar again");
            }
        }
    }

    /** Why a plug-in that was compiled for a version of the contract cannot run with the present one. */
    static Optional<String> objectionToVersion(Optional<String> compiledFor) {
        String here = "this Adapt4J offers " + ApiVersion.CURRENT;
        if (compiledFor.isEmpty()) {
            return Optional.of("does not say which API it was compiled for; add '" + API_VERSION + ": "
                    + ApiVersion.CURRENT + "' to its manifest");
        }
        String version = compiledFor.get();
        Matcher theirs = VERSION.matcher(version);
        Matcher ours = VERSION.matcher(ApiVersion.CURRENT);
        if (!theirs.matches() || !ours.matches()) {
            return Optional.of("states the API version '" + version + "', and " + here
                    + "; write major and minor into the manifest's " + API_VERSION);
        }
        int major = Integer.parseInt(theirs.group(1));
        int minor = Integer.parseInt(theirs.group(2));
        int ourMajor = Integer.parseInt(ours.group(1));
        int ourMinor = Integer.parseInt(ours.group(2));
        if (major > ourMajor || (major == ourMajor && minor > ourMinor)) {
            return Optional.of("was compiled for API " + version + ", and " + here
                    + "; use a newer Adapt4J, or a release of the plug-in for " + ApiVersion.CURRENT);
        }
        // Until 1.0 every minor version may break.
        if (major < ourMajor || (ourMajor == 0 && minor < ourMinor)) {
            return Optional.of("was compiled for API " + version + ", and " + here
                    + "; compile the plug-in against it, or ask its author for a release that is");
        }
        return Optional.empty();
    }

    static Optional<String> attribute(@Nullable Manifest manifest, String name) {
        return manifest == null
                ? Optional.empty()
                : Optional.ofNullable(manifest.getMainAttributes().getValue(new Attributes.Name(name)));
    }
}
