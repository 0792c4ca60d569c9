package org.adapt4j.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationReaderTest {

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private final ConfigurationReader reader =
            new ConfigurationReader(List.of(ConfigurationReaderTest.class.getClassLoader()), problems);

    @Test
    void findsKeysThatAreSetTwiceInOneFile() {
        reader.text("exp.conf", """
            name = a   # name = comment
            seed = 1
            benchmark { mode = easy, "mode" = hard }
            benchmark.game = coinrun
            benchmark { game = ninja }
            list = [ { a = 1, b = "}" }, { a = 2, a = 3 } ]
            seed : 2
            pretrain = 5
            pretrain { slots = 1 }
            """);

        assertThat(text()).isEqualTo("""
            exp.conf: 3: benchmark.mode: is set twice, here and in line 3; delete one of them
            exp.conf: 5: benchmark.game: is set twice, here and in line 4; delete one of them
            exp.conf: 6: list[1].a: is set twice, here and in line 6; delete one of them
            exp.conf: 7: seed: is set twice, here and in line 2; delete one of them
            exp.conf: 9: pretrain: is set twice, here and in line 8; delete one of them\
            """);
    }

    @Test
    void allowsWhatIsMeant() {
        Config config = reader.text("exp.conf", """
            a { b = 1 }
            a { c = "x = 1, b = 2" }
            a.d = 3
            list = [1]
            list = ${list} [2]
            list += 3
            text = \"""b = 1
            b = 2\"""
            e = http, f = 1
            e = ${?NO_SUCH_VARIABLE}
            """);

        assertThat(problems.found()).isEmpty();
        assertThat(reader.resolve(config).getIntList("list")).containsExactly(1, 2, 3);
    }

    @Test
    void anIncludedKeyMayBeOverridden() throws IOException {
        Files.writeString(folder.resolve("base.conf"), "slots = 64\nmode = hard\n");
        Path file = Files.writeString(folder.resolve("exp.conf"), "include \"base.conf\"\nslots = 8\n");

        Config config = reader.file(file);

        assertThat(problems.found()).isEmpty();
        assertThat(config.getInt("slots")).isEqualTo(8);
        assertThat(config.getString("mode")).isEqualTo("hard");
    }

    @Test
    void saysWhereAnIncludeIsMissing() throws IOException {
        Path file = Files.writeString(
                folder.resolve("exp.conf"),
                "a = 1\ninclude \"bsae.conf\"\ninclude required(classpath(\"procgen/none.conf\"))\n"
                        + "include url(\"https://example.org/a.conf\")\ninclude file(\"exp.conf\")");

        reader.file(file);

        assertThat(text().replace(folder + "/", "")).isEqualTo("""
            exp.conf: includes itself: exp.conf → exp.conf
            exp.conf: 2: cannot include 'bsae.conf': there is no such file beside this one
            exp.conf: 3: cannot include 'procgen/none.conf': no plug-in holds it
            exp.conf: 4: cannot include 'https://example.org/a.conf': experiments read nothing from the network; copy the file here\
            """);
    }

    @Test
    void saysWhereTheSyntaxIsBroken() {
        reader.text("exp.conf", "a = 1\nb { c = ]\n");

        assertThat(problems.found()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("exp.conf");
            assertThat(problem.line()).isEqualTo(2);
        });
    }

    @Test
    void namesEverySubstitutionThatLeadsNowhere() {
        reader.resolve(reader.text("exp.conf", "a = ${x.y}\nb { c = 1, d = ${zzz}\n}\n"));

        assertThat(text()).isEqualTo("""
            exp.conf: 1: a: ${x.y} leads nowhere: no such key, and no such environment variable
            exp.conf: 2: b.d: ${zzz} leads nowhere: no such key, and no such environment variable\
            """);
    }

    @Test
    void readsTheCommandLine() {
        Config config = reader.commandLine(List.of("seed=3", "grid.seed=[1,2]", "seed=4", "nonsense", "a=]"));

        assertThat(config.getInt("seed")).isEqualTo(4);
        assertThat(config.getIntList("grid.seed")).containsExactly(1, 2);
        assertThat(text()).isEqualTo("""
            command line: 'nonsense' is not of the form key=value
            command line: 'a=]' cannot be read; put the value in "quotes\"\
            """);
    }

    /** Who has put the value in quotes is not told to. */
    @Test
    void saysWhatIsWrongWithinTheQuotes() {
        assertThat(reader.commandLine(
                                List.of("name=\"a\u001b[31mb\"", "name=\"a\nb\"", "name=\"a\"b\"", "name=\"C:\\d\""))
                        .isEmpty())
                .isTrue();

        assertThat(text()).isEqualTo("""
            command line: 'name="a\\u001b[31mb"' cannot be read: it holds the control character \\u001b; leave it out
            command line: 'name="a\\u000ab"' cannot be read: it holds the control character \\u000a; leave it out
            command line: 'name="a"b"' cannot be read: a text in "quotes" ends at its second quote, and within it a quote is written \\" and a backslash \\\\
            command line: 'name="C:\\d"' cannot be read: a text in "quotes" ends at its second quote, and within it a quote is written \\" and a backslash \\\\\
            """);
    }

    @Test
    void anArgumentIsNoPlaceForComments() {
        Config config = reader.commandLine(List.of(
                "name=run#3", "roms=/home//roms", "url=http://a.org/b?c=d", "list=[1, \"a//b\"]", "text=\"a#b\""));

        assertThat(problems.found()).isEmpty();
        assertThat(config.getString("name")).isEqualTo("run#3");
        assertThat(config.getString("roms")).isEqualTo("/home//roms");
        assertThat(config.getString("url")).isEqualTo("http://a.org/b?c=d");
        assertThat(config.getList("list").unwrapped()).isEqualTo(List.of(1, "a//b"));
        assertThat(config.getString("text")).isEqualTo("a#b");
    }

    @Test
    void anArgumentSetsOneKey() {
        Config config = reader.commandLine(List.of(
                "name=x,grid.seed=[0,1]",
                "name=a\nseed=3",
                "name=a,b",
                "name=",
                "list=[1, 2] # three",
                "folder=${HOME}//roms",
                "include \"a=b\""));

        assertThat(config.isEmpty()).isTrue();
        assertThat(text()).isEqualTo("""
            command line: 'name=x,grid.seed=[0,1]' sets more than one key; give each an argument of its own, or put the value in "quotes"
            command line: 'name=a\\u000aseed=3' sets more than one key; give each an argument of its own, or put the value in "quotes"
            command line: 'name=a,b' cannot be read; put the value in "quotes"
            command line: 'name=' sets no value; for an empty text write name='""'
            command line: 'list=[1, 2] # three' holds a comment, # or //; put the text in "quotes" if it is none
            command line: 'folder=${HOME}//roms' holds a comment, # or //; put the text in "quotes" if it is none
            command line: 'include "a=b"' includes a file; include it in the experiment\
            """);
    }

    @Test
    void findsNumbersThatNothingHolds() {
        reader.resolve(
                reader.text("exp.conf", "a { rate = 1e400 }\nb = [1,\n-1e400, 1e-400]\nc = [0e5, 1e-300, 0.0]\n"));

        assertThat(text()).isEqualTo("""
            exp.conf: 1: a.rate: must be a finite number but is 1e400; the largest is about 1.8e308
            exp.conf: 3: b[1]: must be a finite number but is -1e400; the largest is about 1.8e308
            exp.conf: 3: b[2]: is so small that it would be read as 0: 1e-400; the smallest is 4.9e-324\
            """);
    }

    @Test
    void namesThePlaceThatAddsToWhatIsNoList() {
        Config defaults = reader.text(Origins.DEFAULTS + "the engine", "description = \"\"\nslots = 4\n");
        Config written = reader.text("exp.conf", "name = a\ndescription += b\n");

        reader.resolve(written.withFallback(defaults));

        assertThat(text())
                .isEqualTo("exp.conf: 2: description: cannot be joined to what description was before: a list"
                        + " goes with a list, a text with a text. Write = and the whole value");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        reader.file(Path.of("no-such.conf"));

        assertThat(text()).isEqualTo("no-such.conf: there is no such file");
    }

    private String text() {
        return String.join(
                "\n", problems.found().stream().map(Problem::toString).toList());
    }
}
