package org.adapt4j.runtime.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.settings.Suggestion;

/** Writes a project from a {@link PluginTemplate}, or says why it does not. */
final class NewPlugin {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    /** Words that no package of Java may have. */
    private static final Set<String> KEYWORDS = Set.of(("abstract assert boolean break byte case catch char class"
                    + " const continue default do double else enum extends false final finally float for goto if implements import"
                    + " instanceof int interface long native new null package private protected public return short static"
                    + " strictfp super switch synchronized this throw throws transient true try void volatile while")
            .split(" "));

    private NewPlugin() {}

    /**
     * Writes a project into a folder that is not there yet.
     *
     * @return the folder
     * @throws UsageException if it cannot be; says why, and what to do
     */
    static Path write(String kind, String name, String group, Path folder, Workbench workbench) {
        Map<String, PluginTemplate> templates =
                Stream.of(PluginTemplate.values()).collect(Collectors.toMap(PluginTemplate::kind, one -> one));
        PluginTemplate template = Optional.ofNullable(templates.get(kind))
                .orElseThrow(() -> new UsageException(
                        "no template of a plug-in '" + kind + "'" + Suggestion.tail(kind, templates.keySet())));
        check(template, name, workbench);
        if (!GROUP.matcher(group).matches() || Stream.of(group.split("\\.")).anyMatch(KEYWORDS::contains)) {
            throw new UsageException("--group " + group + ": must be a package of Java, such as org.example");
        }
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(folder + ": is there already; choose another name, or another folder with --out");
        }
        Optional<String> version =
                Optional.of(Main.Version.number()).filter(number -> Character.isDigit(number.charAt(0)));
        template.files(name, group, version)
                .forEach((path, text) ->
                        DurableFiles.write(folder.resolve(path), text.getBytes(StandardCharsets.UTF_8)));
        return folder;
    }

    private static void check(PluginTemplate template, String name, Workbench workbench) {
        if (!NAME.matcher(name).matches()) {
            throw new UsageException("name '" + name
                    + "': must be small letters, digits and hyphens, a letter first, such as my-method");
        }
        String type = PluginTemplate.typeOf(name);
        if (KEYWORDS.contains(PluginTemplate.packageOf(name))) {
            throw new UsageException(
                    "name '" + name + "': is a word of Java, which no package may be called; choose another");
        }
        if (isOfJava(type) || template.uses(type)) {
            throw new UsageException("name '" + name + "': its class " + type
                    + " would hide another that the project uses; choose another, such as my-" + name);
        }
        workbench
                .plugins()
                .forEach(plugin -> plugin.contributions().stream()
                        .filter(added -> added.kind().equals(template.kind())
                                && added.name().equals(name))
                        .forEach(added -> {
                            throw new UsageException("name '" + name + "': there is a " + added.kind()
                                    + " of that name in " + plugin.id() + "; choose another, such as my-" + name);
                        }));
    }

    private static boolean isOfJava(String type) {
        try {
            Class.forName("java.lang." + type, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
