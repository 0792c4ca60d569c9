package org.adapt4j.env.ale.cartridge;

import java.util.List;

/** Says what is wrong with an assembly source: one line for each problem, with file and line number. */
final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AssemblyException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
