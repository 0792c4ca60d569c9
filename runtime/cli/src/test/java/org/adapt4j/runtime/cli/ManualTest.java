package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line says of itself: help, examples, manual pages, completion. */
final class ManualTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(stream(), stream(), false);

    @TempDir
    Path folder;

    private PrintStream stream() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    @Test
    void everyExampleCanBeSaid() {
        for (String call : Examples.ALL) {
            CommandLine top = Main.commands(console);

            assertThatCode(() -> top.parseArgs(words(call))).as(call).doesNotThrowAnyException();
        }
    }

    @Test
    void everyHelpEndsWithTwoExamples() {
        for (CommandLine command : all(Main.commands(console))) {
            List<String> examples = Examples.of(command.getCommandSpec());

            assertThat(examples).as(command.getCommandSpec().qualifiedName()).hasSize(2);
            assertThat(command.getUsageMessage())
                    .endsWith("Examples:\n  " + examples.get(0) + "\n  " + examples.get(1) + "\n");
        }
    }

    @Test
    void helpListsEveryVerb() {
        CommandLine top = Main.commands(console);

        assertThat(top.getSubcommands().keySet())
                .allSatisfy(verb -> assertThat(top.getUsageMessage()).containsPattern("(?m)^  " + verb + " "));
    }

    @Test
    void writesAPageForEveryCommandAndACompletion() throws IOException {
        int exit = Main.run(console, "manual", folder.toString());

        assertThat(exit).isZero();
        List<CommandLine> commands = all(Main.commands(console));
        try (Stream<Path> pages = Files.list(folder.resolve("man/man1"))) {
            assertThat(pages).hasSize(commands.size());
        }
        assertThat(folder.resolve("man/man1/adapt4j-package-create.1"))
                .content()
                .startsWith(".TH \"ADAPT4J-PACKAGE-CREATE\" \"1\"")
                .contains(".SH NAME\nadapt4j\\-package\\-create \\- ")
                .contains(".SH OPTIONS", "\\-\\-out=FILE.zip", ".SH EXAMPLES");
        assertThat(folder.resolve("bash-completion/completions/adapt4j"))
                .content()
                .contains("complete -F _complete_adapt4j", "--accept-changed-code");
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(below -> all.addAll(all(below)));
        return all;
    }

    private static String[] words(String call) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(call.substring("adapt4j ".length()));
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.toArray(String[]::new);
    }
}
