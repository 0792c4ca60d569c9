package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    private final Screen screen = new Screen();

    @Test
    void writesWhatATerminalWouldCarryOutAsEscapes() {
        String wild = "a\u001b[31m\u0007\r\u009b\u202eb\ud800";
        String tame = "a\\u001b[31m\\u0007\\u000d\\u009b\\u202eb\\ud800";

        screen.console().out().println(wild);
        screen.console().out().print((Object) wild);
        screen.console().out().println(wild.toCharArray());
        screen.console().out().printf("%s%n", wild);
        screen.console().out().printf(Locale.ROOT, "%s%n", wild);
        screen.console().out().append(wild).append('\u001b').println();
        screen.console().err().println(wild);

        assertThat(screen.out())
                .isEqualTo((tame + "\n") + (tame + tame + "\n") + (tame + "\n").repeat(2) + tame + "\\u001b\n");
        assertThat(screen.err()).isEqualTo(tame + "\n");
    }

    @Test
    void leavesLettersTabsAndLinesAlone() {
        String text = "Größe\t日本 😀 ± → …\nnext";

        screen.console().out().println(text);

        assertThat(screen.out()).isEqualTo(text + "\n");
    }

    @Test
    void canStillTakeBackItsOwnLine() {
        screen.console().err().print("1/5 cells");
        screen.console().takeBackLine();

        assertThat(screen.err()).isEqualTo("1/5 cells\r\u001b[K");
    }
}
