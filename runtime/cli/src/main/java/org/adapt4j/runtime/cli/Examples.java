package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Calls of each command that its help ends with. */
final class Examples {

    /** Every call. */
    static final List<String> ALL = read();

    private Examples() {}

    /** Puts them under the help of a command and of all below it. */
    static void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        footer.addAll(List.of("", "Examples:"));
        of(spec).forEach(call -> footer.add("  " + call.replace("%", "%%")));
        spec.usageMessage().footer(footer.toArray(String[]::new));
        command.getSubcommands().values().forEach(Examples::addTo);
    }

    /** The calls of a command; of one that only groups others, the first call of each of its first two. */
    static List<String> of(CommandSpec spec) {
        List<String> own = ALL.stream()
                .filter(call -> call.equals(spec.qualifiedName()) || call.startsWith(spec.qualifiedName() + " "))
                .toList();
        List<CommandLine> below = List.copyOf(spec.subcommands().values());
        List<String> direct = own.stream()
                .filter(call -> below.stream()
                        .map(command -> command.getCommandSpec().qualifiedName())
                        .noneMatch(name -> call.equals(name) || call.startsWith(name + " ")))
                .toList();
        return direct.isEmpty() && below.size() > 1
                ? List.of(
                        of(below.get(0).getCommandSpec()).get(0),
                        of(below.get(1).getCommandSpec()).get(0))
                : direct;
    }

    private static List<String> read() {
        try (InputStream in = Objects.requireNonNull(Examples.class.getResourceAsStream("examples.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
