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
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapt4j.api.settings.InputFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads HOCON: files with their includes, defaults out of jars, and {@code key=value} of the command line. Finds syntax
 * errors, keys that are set twice, includes that are not there, and what is longer or deeper than anybody means.
 */
public final class ConfigurationReader {

    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[^}]*}");

    private final List<ClassLoader> loaders;
    private final Problems problems;

    /** The texts being read, each included by the one before: what tells two apart, and the name for messages. */
    private final Map<String, String> reading = new LinkedHashMap<>();

    /** What was read since the last {@link #resolve}, in the order in which it is set. */
    private final List<Outline.Entry> entries = new ArrayList<>();

    private final List<Outline.Entry> assigned = new ArrayList<>();

    /** The include statement being followed, if one is. */
    private Outline.@Nullable Entry statement;

    private int bytes;
    private int includes;

    /** What was read from files so far. */
    private final SortedMap<Path, String> files = new TreeMap<>();

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
            String text = InputFile.text(file, Limits.BYTES);
            files.put(file.toAbsolutePath().normalize(), text);
            return text(file.toString(), file.toRealPath().toString(), text, file.getParent());
        } catch (InputFile.Refused e) {
            problems.add(new Problem(file.toString(), e.line(), "", e.why()));
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), 0, "", "cannot be read: " + e));
        }
        return ConfigFactory.empty();
    }

    /** The texts of all files read so far, with what they include. */
    public SortedMap<Path, String> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /** Reads the defaults that {@code owner} ships; empty if they cannot be read, which is then reported. */
    public Config defaults(String owner, URL referenceConf) {
        String name = Origins.DEFAULTS + owner;
        try (InputStream in = referenceConf.openStream()) {
            return text(name, InputFile.utf8(name, InputFile.bytes(name, in, Limits.BYTES)));
        } catch (InputFile.Refused e) {
            problems.add(new Problem(name, e.line(), "", e.why()));
        } catch (IOException e) {
            problems.add(new Problem(name, 0, "", "cannot be read: " + e));
        }
        return ConfigFactory.empty();
    }

    /** Reads text; substitutions are left open. */
    public Config text(String name, String text) {
        return text(name, name, text, null);
    }

    /** Reads {@code key=value} arguments; a later one wins. */
    public Config commandLine(List<String> assignments) {
        CommandLineSettings settings = new CommandLineSettings(problems);
        Config all = settings.read(assignments);
        assigned.addAll(settings.entries());
        return all;
    }

    /** Fills in all substitutions; those that lead nowhere are all reported, and the result is then empty. */
    public Config resolve(Config open) {
        int before = problems.count();
        Config resolved = resolveAllBut(open);
        return problems.count() == before ? resolved : ConfigFactory.empty();
    }

    /**
     * Fills in all substitutions; those that lead nowhere are all reported and left out, with what else would be said of their keys, so that
     * the rest can be judged. The result is empty if nothing can.
     */
    public Config resolveAllBut(Config open) {
        List<Outline.Entry> all =
                Stream.concat(entries.stream(), assigned.stream()).toList();
        entries.clear();
        assigned.clear();
        bytes = 0;
        includes = 0;
        int before = problems.count();
        Expansion.excess(all).ifPresent(problems::add);
        if (problems.count() > before) {
            return ConfigFactory.empty();
        }
        try {
            Config resolved = open.resolve();
            Limits.check(resolved.root(), problems);
            return problems.count() == before ? resolved : ConfigFactory.empty();
        } catch (ConfigException.UnresolvedSubstitution | ConfigException.NotResolved e) {
            try {
                ConfigObject known = reportOpen(
                        open.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true))
                                .root(),
                        "");
                if (problems.count() > before && known.toConfig().isResolved()) {
                    return known.toConfig();
                }
            } catch (ConfigException another) {
                problems.add(Origins.problem(another));
            }
            if (problems.count() == before) {
                problems.add(Origins.problem(e));
            }
        } catch (ConfigException.WrongType e) {
            reportJoined(e, all);
        } catch (ConfigException e) {
            problems.add(Origins.problem(e));
        } catch (StackOverflowError e) {
            problems.add(new Problem(all.isEmpty() ? "" : all.get(0).file(), 0, "", Limits.TOO_DEEP));
        }
        return ConfigFactory.empty();
    }

    /** Reports what leads nowhere; gives the section without it. */
    private ConfigObject reportOpen(ConfigObject section, String path) {
        ConfigObject known = section;
        for (String key : section.keySet()) {
            ConfigValue value = section.get(key);
            String keyPath = Keys.join(path, key);
            if (value instanceof ConfigObject inner && isASection(inner)) {
                known = known.withValue(key, reportOpen(inner, keyPath));
            } else if (value != null) {
                Matcher reference = UNRESOLVED.matcher(value.toString());
                boolean open = false;
                while (reference.find()) {
                    open = true;
                    problems.add(
                            value.origin(),
                            keyPath,
                            reference.group() + " leads nowhere: no such key, and no such environment variable");
                }
                if (open) {
                    known = known.withoutKey(key);
                    problems.leaveOut(keyPath);
                }
            }
        }
        return known;
    }

    /** Whether its keys are known: of one that is joined to something unknown they are not. */
    private static boolean isASection(ConfigObject section) {
        try {
            var unused = section.keySet();
            return true;
        } catch (ConfigException.NotResolved e) {
            return false;
        }
    }

    /** The library names what was there before, which may be a default; what the user wrote is what joins another value to it. */
    private void reportJoined(ConfigException.WrongType e, List<Outline.Entry> all) {
        List<Outline.Entry> joining =
                all.stream().filter(Outline.Entry::buildsOnItself).toList();
        Problem place = Origins.problem(e);
        List<Outline.Entry> named = joining.stream()
                .filter(entry -> entry.file().equals(place.file()) && entry.line() == place.line())
                .toList();
        for (Outline.Entry entry : named.isEmpty() ? joining : named) {
            problems.add(new Problem(
                    entry.file(),
                    entry.line(),
                    entry.place(),
                    "cannot be joined to what " + entry.place() + " was before: a list goes with a list, a text with a"
                            + " text. Write = and the whole value"));
        }
        if (joining.isEmpty()) {
            problems.add(place);
        }
    }

    /**
     * Reads one text.
     *
     * @param identity that no other text has
     * @param folder of the file, for its includes
     */
    private Config text(String name, String identity, String text, @Nullable Path folder) {
        if (reading.containsKey(identity)) {
            String circle = String.join(" → ", reading.values());
            problems.add(new Problem(name, 0, "", "includes itself: " + circle + " → " + name));
            return ConfigFactory.empty();
        }
        Outline outline = Outline.of(name, text, 1);
        if (outline.excess().isPresent()) {
            problems.add(outline.excess().get());
            return ConfigFactory.empty();
        }
        List<Outline.Entry> own = outline.entries();
        if (statement != null) {
            Outline.Entry above = statement;
            own = own.stream().map(entry -> entry.within(above)).toList();
        }
        entries.addAll(statement == null ? entries.size() : entries.indexOf(statement) + 1, own);
        bytes += text.length();
        Optional<Problem> excess = excess(name);
        if (excess.isPresent()) {
            problems.add(excess.get());
            return ConfigFactory.empty();
        }
        reading.put(identity, name);
        try {
            Config config = ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults()
                            .setSyntax(ConfigSyntax.CONF)
                            .setOriginDescription(name)
                            .setIncluder(new Includes(folder, name, own)));
            problems.place(outline.entries());
            problems.addAll(DuplicateKeys.in(outline.entries()));
            return config;
        } catch (ConfigException e) {
            problems.add(Origins.problem(e));
        } catch (StackOverflowError e) {
            problems.add(new Problem(name, 0, "", Limits.TOO_DEEP));
        } finally {
            reading.remove(identity);
        }
        return ConfigFactory.empty();
    }

    private Optional<Problem> excess(String name) {
        String why = bytes > Limits.BYTES
                ? Limits.tooLong()
                : entries.size() > Limits.KEYS
                        ? Limits.tooMany()
                        : reading.size() > Limits.INCLUDE_LEVELS
                                ? "is included too deeply: at most " + Limits.INCLUDE_LEVELS
                                        + " files include each other"
                                : "";
        return why.isEmpty() ? Optional.empty() : Optional.of(new Problem(name, 0, "", why));
    }

    /** Carries out the include statements of one text. */
    private final class Includes
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

        private final @Nullable Path folder;
        private final String from;

        /** The statements, in the order in which the parser comes to them. */
        private final Deque<Outline.Entry> statements = new ArrayDeque<>();

        private Includes(@Nullable Path folder, String from, List<Outline.Entry> own) {
            this.folder = folder;
            this.from = from;
            own.stream().filter(entry -> entry.kind() == Outline.Kind.INCLUDE).forEach(statements::add);
        }

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            return follow(
                    what,
                    () -> {
                        Optional<Config> found = inFolder(what);
                        return found.isPresent() ? found : inJars(what);
                    },
                    "there is no such file beside this one");
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return follow(what.getPath(), () -> inFolder(what.getPath()), "there is no such file");
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            return follow(what, () -> inJars(what), "no plug-in holds it");
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            return follow(
                    what.toString(), Optional::empty, "experiments read nothing from the network; copy the file here");
        }

        /** Reads what a statement names, where it stands. @param why it may not be found */
        private ConfigObject follow(String what, Supplier<Optional<Config>> read, String why) {
            Outline.Entry outer = statement;
            statement = statements.poll();
            try {
                if (++includes > Limits.INCLUDES) {
                    return missing(what, "at most " + Limits.INCLUDES + " files are included");
                }
                return read.get().map(Config::root).orElseGet(() -> missing(what, why));
            } catch (InvalidPathException e) {
                return missing(what, "no file can have that name");
            } finally {
                statement = outer;
            }
        }

        private Optional<Config> inFolder(String what) {
            Path file = (folder == null ? Path.of(what) : folder.resolve(what)).normalize();
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file(file)) : Optional.empty();
        }

        private Optional<Config> inJars(String what) {
            for (ClassLoader loader : loaders) {
                try (InputStream in = loader.getResourceAsStream(what)) {
                    if (in != null) {
                        String found = InputFile.utf8(what, InputFile.bytes(what, in, Limits.BYTES));
                        return Optional.of(text(what, what, found, null));
                    }
                } catch (IOException e) {
                    problems.add(new Problem(from, 0, "", "cannot include " + e.getMessage()));
                    return Optional.of(ConfigFactory.empty());
                }
            }
            return Optional.empty();
        }

        private ConfigObject missing(String what, String why) {
            int line = statement == null ? 0 : statement.line();
            problems.add(new Problem(from, line, "", "cannot include '" + what + "': " + why));
            return ConfigFactory.empty().root();
        }
    }
}
