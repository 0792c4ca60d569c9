package org.adapt4j.runtime.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.adapt4j.runtime.settings.Legible;

/** Writes text so that a terminal shows it and does nothing else. */
final class LegiblePrintStream extends PrintStream {

    private final PrintStream to;

    /** @param to what encodes the text */
    LegiblePrintStream(PrintStream to) {
        super(to, true);
        this.to = to;
    }

    @Override
    public void print(String text) {
        to.print(Legible.text(String.valueOf(text)));
    }

    @Override
    public void print(Object text) {
        print(String.valueOf(text));
    }

    @Override
    public void print(char[] text) {
        print(String.valueOf(text));
    }

    @Override
    public void print(char letter) {
        print(String.valueOf(letter));
    }

    @Override
    public PrintStream format(String format, Object... values) {
        print(String.format(format, values));
        return this;
    }

    @Override
    public PrintStream format(Locale locale, String format, Object... values) {
        print(String.format(locale, format, values));
        return this;
    }
}
