package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what the help says as manual pages, and a completion for the shell. */
@Command(name = "manual", description = "Write manual pages and a completion for bash and zsh.")
final class ManualVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "Folder that gets man/man1 and bash-completion/completions, as /usr/share has them.")
    private Path folder = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    ManualVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("called without a command line");
        }
        CommandLine top = spec.root().commandLine();
        try {
            Path pages = Files.createDirectories(folder.resolve("man/man1"));
            write(pages, top);
            Path completions = Files.createDirectories(folder.resolve("bash-completion/completions"));
            Files.writeString(completions.resolve(top.getCommandName()), AutoComplete.bash(top.getCommandName(), top));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        console.out().println("manual pages and a completion in " + folder);
        return Exit.OK;
    }

    private static void write(Path folder, CommandLine command) throws IOException {
        CommandSpec spec = command.getCommandSpec();
        Files.writeString(folder.resolve(name(spec) + ".1"), page(spec));
        for (CommandLine below : command.getSubcommands().values()) {
            write(folder, below);
        }
    }

    private static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    /** A page in the macros of man(7). */
    static String page(CommandSpec spec) {
        Help help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
        String about = help.description().strip();
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("SYNOPSIS", help.synopsis(0));
        sections.put("ARGUMENTS", help.parameterList());
        sections.put("OPTIONS", help.optionList());
        sections.put("COMMANDS", help.commandList());
        sections.put(spec.parent() == null ? "EXIT STATUS AND EXAMPLES" : "EXAMPLES", help.footer());
        StringBuilder page = new StringBuilder();
        page.append(".TH \"").append(name(spec).toUpperCase(Locale.ROOT));
        page.append("\" \"1\" \"\" \"Adapt4J ").append(Main.Version.number()).append("\" \"Adapt4J\"\n");
        page.append(".SH NAME\n").append(escaped(name(spec))).append(" \\- ");
        page.append(escaped(about.replaceAll("\\s+", " "))).append('\n');
        sections.forEach((title, text) -> {
            if (!text.isBlank()) {
                page.append(".SH ").append(title).append("\n.nf\n").append(escaped(text.stripTrailing()));
                page.append("\n.fi\n");
            }
        });
        return page.toString();
    }

    /** Text as it stands: a backslash, a hyphen, and a point or an apostrophe in front of a line mean something to troff. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^(?=[.'])", "\\\\&");
    }
}
