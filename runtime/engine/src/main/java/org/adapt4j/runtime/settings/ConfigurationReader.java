package org.adapt4j.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HOCON: files with their includes, defaults out of jars, and {@code key=value} of the command line. Finds syntax
 * errors, keys that are set twice, and includes that are not there.
 */
public final class ConfigurationReader {

    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[^}]*}");

    private final List<ClassLoader> loaders;
    private final Problems problems;
    private final Deque<String> reading = new ArrayDeque<>();

    /**
     * Reports to {@code problems}.
     *
     * @param loaders where {@code include classpath("…")} looks, in order
     */
    public ConfigurationReader(List<ClassLoader> loaders, Problems problems) {
        this.loaders = List.copyOf(loaders);
        this.problems = problems;
    }

    /** Reads a file; substitutions are left open. Empty if it cannot be read, which is then reported. */
    public Config file(Path file) {
        try {
            return text(file.toString(), Files.readString(file), new Includes(file.getParent(), file.toString(), ""));
        } catch (NoSuchFileException e) {
            problems.add(new Problem(file.toString(), 0, "", "there is no such file"));
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), 0, "", "cannot be read: " + e));
        }
        return ConfigFactory.empty();
    }

    /** Reads the defaults that {@code owner} ships; empty if there are none. */
    public Config defaults(String owner, URL referenceConf) {
        try (InputStream in = referenceConf.openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String name = Origins.DEFAULTS + owner;
            return text(name, text, new Includes(null, name, text));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + referenceConf, e);
        }
    }

    /** Reads text; substitutions are left open. */
    public Config text(String name, String text) {
        return text(name, text, new Includes(null, name, text));
    }

    /** Reads {@code key=value} arguments; a later one wins. */
    public Config commandLine(List<String> assignments) {
        Config all = ConfigFactory.empty();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                problems.add(new Problem("command line", 0, "", "'" + assignment + "' is not of the form key=value"));
                continue;
            }
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setOriginDescription("command line");
            try {
                all = ConfigFactory.parseString(assignment, options).withFallback(all);
            } catch (ConfigException e) {
                problems.add(new Problem(
                        "command line", 0, "", "'" + assignment + "' cannot be read; put the value in \"quotes\""));
            }
        }
        // The line of an argument would mean nothing.
        return all.isEmpty() ? all : withoutLines(all.root()).toConfig();
    }

    private static ConfigObject withoutLines(ConfigObject section) {
        ConfigOrigin origin = ConfigOriginFactory.newSimple("command line");
        ConfigObject result = section;
        for (String key : section.keySet()) {
            ConfigValue value = section.get(key);
            ConfigValue moved = value instanceof ConfigObject inner ? withoutLines(inner) : value;
            result = result.withValue(key, moved == null ? null : moved.withOrigin(origin));
        }
        return result.withOrigin(origin);
    }

    /** Fills in all substitutions; those that lead nowhere are all reported, and the result is then empty. */
    public Config resolve(Config open) {
        try {
            return open.resolve();
        } catch (ConfigException.UnresolvedSubstitution | ConfigException.NotResolved e) {
            int before = problems.count();
            try {
                reportOpen(
                        open.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true))
                                .root(),
                        "");
            } catch (ConfigException another) {
                problems.add(openEnd(another));
            }
            if (problems.count() == before) {
                problems.add(openEnd(e));
            }
            return ConfigFactory.empty();
        } catch (ConfigException e) {
            problems.add(openEnd(e));
            return ConfigFactory.empty();
        }
    }

    private void reportOpen(ConfigObject section, String path) {
        for (String key : section.keySet()) {
            ConfigValue value = section.get(key);
            String keyPath = Keys.join(path, key);
            if (value instanceof ConfigObject inner) {
                reportOpen(inner, keyPath);
            } else if (value != null) {
                Matcher reference = UNRESOLVED.matcher(value.toString());
                while (reference.find()) {
                    problems.add(
                            value.origin(),
                            keyPath,
                            reference.group() + " leads nowhere: no such key, and no such environment variable");
                }
            }
        }
    }

    private static Problem openEnd(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        ConfigOrigin origin = e.origin();
        if (origin == null) {
            return new Problem("", 0, "", message);
        }
        String place = origin.description() + ": ";
        return Origins.problem(origin, "", message.startsWith(place) ? message.substring(place.length()) : message);
    }

    private Config text(String name, String text, Includes includes) {
        if (reading.contains(name)) {
            problems.add(new Problem(name, 0, "", "includes itself: " + String.join(" → ", reading) + " → " + name));
            return ConfigFactory.empty();
        }
        reading.addLast(name);
        try {
            Config config = ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults()
                            .setSyntax(ConfigSyntax.CONF)
                            .setOriginDescription(name)
                            .setIncluder(includes.in(text)));
            problems.addAll(DuplicateKeys.in(name, text));
            return config;
        } catch (ConfigException e) {
            problems.add(openEnd(e));
            return ConfigFactory.empty();
        } finally {
            reading.removeLast();
        }
    }

    /** Carries out the include statements of one text. */
    private final class Includes
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

        private final @Nullable Path folder;
        private final String from;
        private final String text;

        private Includes(@Nullable Path folder, String from, String text) {
            this.folder = folder;
            this.from = from;
            this.text = text;
        }

        private Includes in(String readText) {
            return new Includes(folder, from, readText);
        }

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            Path file = folder == null ? Path.of(what) : folder.resolve(what);
            if (Files.isRegularFile(file)) {
                return ConfigurationReader.this.file(file).root();
            }
            return resource(what, "there is no such file beside this one");
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            Path file = folder == null ? what.toPath() : folder.resolve(what.toPath());
            if (Files.isRegularFile(file)) {
                return ConfigurationReader.this.file(file).root();
            }
            return missing(what.getPath(), "there is no such file");
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            return resource(what, "no plug-in holds it");
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            return missing(what.toString(), "experiments read nothing from the network; copy the file here");
        }

        private ConfigObject resource(String what, String why) {
            for (ClassLoader loader : loaders) {
                try (InputStream in = loader.getResourceAsStream(what)) {
                    if (in != null) {
                        String found = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        return text(what, found, new Includes(null, what, found))
                                .root();
                    }
                } catch (IOException e) {
                    return missing(what, "it cannot be read: " + e);
                }
            }
            return missing(what, why);
        }

        private ConfigObject missing(String what, String why) {
            int at = text.indexOf(what);
            int line = at < 0
                    ? 0
                    : 1
                            + (int) text.substring(0, at)
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count();
            problems.add(new Problem(from, line, "", "cannot include '" + what + "': " + why));
            return ConfigFactory.empty().root();
        }
    }
}
