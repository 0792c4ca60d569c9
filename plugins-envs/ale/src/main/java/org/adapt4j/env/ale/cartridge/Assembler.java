package org.adapt4j.env.ale.cartridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a 6502 source into the 4,096 bytes of a cartridge that the Atari 2600 sees at $F000 to $FFFF.
 *
 * <p>A line holds {@code label:}, then an instruction or a directive with its operands, then {@code ; a comment}; each part may be missing.
 * {@code name = expression} names a value. A label that begins with {@code @} belongs to the label before it that does not.
 * Names are case-sensitive, instructions and directives are not. Expressions are those of {@link Expression}.
 *
 * <table>
 * <caption>Directives</caption>
 * <tr><td>{@code .org address}</td><td>goes on at an address; below $F000 nothing may be emitted, only space named</td></tr>
 * <tr><td>{@code .byte a, b, …} and {@code .word a, b, …}</td><td>emits values of one byte, or of two, low byte first</td></tr>
 * <tr><td>{@code .fill count, value}</td><td>emits a value many times</td></tr>
 * <tr><td>{@code .space count}</td><td>leaves bytes out, which are 0 in the cartridge; in RAM, names variables</td></tr>
 * <tr><td>{@code .align size}</td><td>leaves bytes out up to the next multiple</td></tr>
 * <tr><td>{@code .assert expression, "message"}</td><td>refuses the source where the expression is 0</td></tr>
 * <tr><td>{@code .include "file"}</td><td>goes on with another source, then comes back</td></tr>
 * </table>
 *
 * <p>The first pass fixes the size of everything, and so the address of every label; a second one gives values to names that stand for
 * what comes later; the last emits. An address that the first pass does not know yet takes two bytes. Branches that are too far, values that do not fit and bytes emitted twice are refused.
 */
final class Assembler {
    static final int FIRST = 0xf000;
    static final int SIZE = 0x1000;

    private static final Pattern EQUATE = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=(?!=)(.*)");
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:(@?[A-Za-z_][A-Za-z0-9_]*):)?\\s*(?:(\\.?[A-Za-z]+)(?:\\s+(.*))?)?");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final int DEEPEST_INCLUDE = 8;

    private final Function<String, Optional<String>> sources;
    private final List<Statement> statements = new ArrayList<>();
    private final Map<String, Integer> symbols = new HashMap<>();
    private final Map<String, Statement> definitions = new HashMap<>();
    private final Map<Integer, String> problems = new TreeMap<>();
    private final byte[] image = new byte[SIZE];
    private final boolean[] emitted = new boolean[SIZE];
    private int address;
    private Pass pass = Pass.SIZE;

    private Assembler(Function<String, Optional<String>> sources) {
        this.sources = sources;
    }

    /**
     * The cartridge that a source describes.
     *
     * @param file name of the source
     * @param sources text by name, for the source and what it includes; empty for a name there is no source of
     * @throws AssemblyException where the source has errors; it names all that were found
     */
    static byte[] assemble(String file, Function<String, Optional<String>> sources) {
        Assembler assembler = new Assembler(sources);
        assembler.read(file, "", 0);
        assembler.pass(Pass.SIZE);
        assembler.failOnProblems();
        assembler.pass(Pass.NAME);
        assembler.failOnProblems();
        assembler.pass(Pass.EMIT);
        assembler.failOnProblems();
        return assembler.image;
    }

    // reading

    private void read(String file, String includedFrom, int depth) {
        Optional<String> source = depth > DEEPEST_INCLUDE ? Optional.empty() : sources.apply(file);
        if (source.isEmpty()) {
            String what = depth > DEEPEST_INCLUDE
                    ? "'" + file + "' is included too deeply"
                    : "there is no source '" + file + "'";
            throw new AssemblyException(List.of(includedFrom.isEmpty() ? what : includedFrom + ": " + what));
        }
        int number = 0;
        String scope = "";
        for (String line : source.get().lines().toList()) {
            number++;
            Statement statement = parse(withoutComment(line), file, number, scope);
            if (!statement.label.isEmpty() && !statement.label.contains("@") && !statement.operation.equals("=")) {
                scope = statement.label;
            }
            if (statement.operation.equals(".include")) {
                Matcher name = QUOTED.matcher(statement.operand);
                if (!name.matches()) {
                    throw new AssemblyException(List.of(statement.place() + ": .include needs a name in quotes"));
                }
                if (!statement.label.isEmpty()) {
                    statements.add(statement.withoutOperation());
                }
                read(name.group(1), statement.place(), depth + 1);
            } else if (!statement.label.isEmpty() || !statement.operation.isEmpty()) {
                statements.add(statement);
            }
        }
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\'' && i + 2 < line.length() && line.charAt(i + 2) == '\'') {
                i += 2;
            } else if (c == ';' && !quoted) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private Statement parse(String line, String file, int number, String scope) {
        int index = statements.size();
        Matcher equate = EQUATE.matcher(line);
        if (equate.matches()) {
            return new Statement(
                    index,
                    file,
                    number,
                    scope,
                    equate.group(1),
                    "=",
                    equate.group(2).strip());
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssemblyException(
                    List.of(file + ": " + number + ": '" + line.strip() + "' is no label, instruction or directive"));
        }
        String label = parts.group(1) == null ? "" : parts.group(1);
        String operation = parts.group(2) == null ? "" : parts.group(2).toLowerCase(Locale.ROOT);
        String operand = parts.group(3) == null ? "" : parts.group(3).strip();
        return new Statement(
                index, file, number, scope, label.startsWith("@") ? scope + label : label, operation, operand);
    }

    // the passes

    private void pass(Pass next) {
        pass = next;
        address = FIRST;
        for (Statement statement : statements) {
            try {
                define(statement);
                carryOut(statement);
            } catch (IllegalArgumentException e) {
                problems.putIfAbsent(statement.index, statement.place() + ": " + e.getMessage());
            }
        }
    }

    private void failOnProblems() {
        if (!problems.isEmpty()) {
            throw new AssemblyException(List.copyOf(problems.values()));
        }
    }

    private void define(Statement statement) {
        if (statement.label.isEmpty()) {
            return;
        }
        Statement first = definitions.putIfAbsent(statement.label, statement);
        if (first != null && first != statement) {
            throw new IllegalArgumentException("'" + statement.label + "' is already defined at " + first.place());
        }
        if (statement.operation.equals("=")) {
            OptionalInt value = value(statement, statement.operand);
            if (value.isPresent()) {
                symbols.put(statement.label, value.getAsInt());
            }
        } else {
            symbols.put(statement.label, address);
        }
    }

    private void carryOut(Statement statement) {
        switch (statement.operation) {
            case "", "=" -> {}
            case ".org" -> address = needed(statement, statement.operand, 0, 0xffff);
            case ".byte" -> split(statement).forEach(item -> emitByte(later(statement, item, -0x80, 0xff)));
            case ".word" -> split(statement).forEach(item -> emitWord(later(statement, item, -0x8000, 0xffff)));
            case ".fill" -> fill(statement);
            case ".space" -> address += needed(statement, statement.operand, 0, 0xffff);
            case ".align" -> {
                int size = needed(statement, statement.operand, 1, SIZE);
                address = (address + size - 1) / size * size;
            }
            case ".assert" -> check(statement);
            default -> instruction(statement);
        }
    }

    private void fill(Statement statement) {
        List<String> items = split(statement);
        if (items.size() != 2) {
            throw new IllegalArgumentException(".fill needs a count and a value");
        }
        int count = needed(statement, items.get(0), 0, SIZE);
        int value = later(statement, items.get(1), -0x80, 0xff);
        for (int i = 0; i < count; i++) {
            emitByte(value);
        }
    }

    private void check(Statement statement) {
        Matcher message = QUOTED.matcher(statement.operand);
        if (!message.find()
                || !statement
                        .operand
                        .substring(0, message.start())
                        .stripTrailing()
                        .endsWith(",")) {
            throw new IllegalArgumentException(".assert needs an expression and a message in quotes");
        }
        String condition = statement.operand.substring(0, statement.operand.lastIndexOf(',', message.start()));
        if (pass == Pass.EMIT && later(statement, condition, Integer.MIN_VALUE, Integer.MAX_VALUE) == 0) {
            throw new IllegalArgumentException(message.group(1));
        }
    }

    private static List<String> split(Statement statement) {
        if (statement.operand.isEmpty()) {
            throw new IllegalArgumentException(statement.operation + " needs a value");
        }
        return List.of(statement.operand.split(",", -1));
    }

    // instructions

    private void instruction(Statement statement) {
        Map<Addressing, Integer> forms = Instructions.formsOf(statement.operation);
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("'" + statement.operation + "' is no instruction or directive");
        }
        Operand operand = operand(statement.operand, forms);
        if (pass == Pass.SIZE) {
            statement.addressing = choose(statement, operand, forms);
        }
        Addressing addressing = statement.addressing;
        Integer operationCode = forms.get(addressing);
        if (operationCode == null) {
            throw new IllegalArgumentException(
                    "'" + statement.operation + "' has no form '" + addressing.description() + "'");
        }
        int next = address + 1 + addressing.operandBytes();
        int value = addressing.operandBytes() == 0 ? 0 : operandValue(statement, operand, addressing, next);
        emitByte(operationCode);
        if (addressing.operandBytes() == 1) {
            emitByte(value);
        } else if (addressing.operandBytes() == 2) {
            emitWord(value);
        }
    }

    private int operandValue(Statement statement, Operand operand, Addressing addressing, int next) {
        if (addressing == Addressing.RELATIVE) {
            if (pass != Pass.EMIT) {
                return 0;
            }
            int distance = later(statement, operand.expression, 0, 0xffff) - next;
            if (distance < -128 || distance > 127) {
                throw new IllegalArgumentException(
                        "the branch is too far: " + distance + " bytes, and it reaches -128 to 127");
            }
            return distance;
        }
        int lowest = addressing == Addressing.IMMEDIATE ? -0x80 : 0;
        return later(statement, operand.expression, lowest, addressing.operandBytes() == 1 ? 0xff : 0xffff);
    }

    /** How the operand is written; {@link #choose} then takes the shorter form where one will do. */
    private static Operand operand(String text, Map<Addressing, Integer> forms) {
        if (text.isEmpty() || text.equalsIgnoreCase("a")) {
            boolean accumulator = forms.containsKey(Addressing.ACCUMULATOR);
            return new Operand(accumulator ? Addressing.ACCUMULATOR : Addressing.IMPLIED, text);
        }
        if (forms.containsKey(Addressing.RELATIVE)) {
            return new Operand(Addressing.RELATIVE, text);
        }
        if (text.startsWith("#")) {
            return new Operand(Addressing.IMMEDIATE, text.substring(1));
        }
        String packed = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        if (packed.startsWith("(") && closing(text) == text.length() - 1) {
            return packed.endsWith(",x)")
                    ? new Operand(Addressing.INDIRECT_X, text.substring(1, text.lastIndexOf(',')))
                    : new Operand(Addressing.INDIRECT, text.substring(1, text.length() - 1));
        }
        if (packed.startsWith("(") && packed.endsWith("),y") && closing(text) == text.lastIndexOf(')')) {
            return new Operand(Addressing.INDIRECT_Y, text.substring(1, text.lastIndexOf(')')));
        }
        if (packed.endsWith(",x")) {
            return new Operand(Addressing.ABSOLUTE_X, text.substring(0, text.lastIndexOf(',')));
        }
        if (packed.endsWith(",y")) {
            return new Operand(Addressing.ABSOLUTE_Y, text.substring(0, text.lastIndexOf(',')));
        }
        return new Operand(Addressing.ABSOLUTE, text);
    }

    /** Where the bracket that the text begins with is closed; -1 where it is not. */
    private static int closing(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '(') {
                depth++;
            } else if (text.charAt(i) == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private Addressing choose(Statement statement, Operand operand, Map<Addressing, Integer> forms) {
        Addressing shorter = operand.addressing.inZeroPage();
        if (shorter == operand.addressing || !forms.containsKey(shorter)) {
            return operand.addressing;
        }
        if (!forms.containsKey(operand.addressing)) {
            return shorter;
        }
        OptionalInt value = value(statement, operand.expression);
        return value.isPresent() && value.getAsInt() >= 0 && value.getAsInt() <= 0xff ? shorter : operand.addressing;
    }

    // values and bytes

    private OptionalInt value(Statement statement, String expression) {
        return Expression.value(expression, name -> {
            if (name.equals("*")) {
                return OptionalInt.of(address);
            }
            Integer value = symbols.get(name.startsWith("@") ? statement.scope() + name : name);
            if (value == null && pass == Pass.EMIT) {
                throw new IllegalArgumentException("'" + name + "' is not defined");
            }
            return value == null ? OptionalInt.empty() : OptionalInt.of(value);
        });
    }

    /** A value that only the second pass needs: 0 before. */
    private int later(Statement statement, String expression, int lowest, int highest) {
        return pass == Pass.EMIT
                ? within(expression, value(statement, expression).orElse(0), lowest, highest)
                : 0;
    }

    /** A value that decides on addresses, and so has to be known in the first pass. */
    private int needed(Statement statement, String expression, int lowest, int highest) {
        OptionalInt value = value(statement, expression);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(statement.operation + ": '" + expression.strip()
                    + "' has to be known here, and is defined further on or not at all");
        }
        return within(expression, value.getAsInt(), lowest, highest);
    }

    private static int within(String expression, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    "'" + expression.strip() + "' is " + value + " and has to lie in " + lowest + " to " + highest);
        }
        return value;
    }

    private void emitWord(int value) {
        emitByte(value);
        emitByte(value >> 8);
    }

    private void emitByte(int value) {
        int offset = address - FIRST;
        address++;
        if (pass != Pass.EMIT) {
            return;
        }
        if (offset < 0 || offset >= SIZE) {
            throw new IllegalArgumentException(
                    "bytes at $%04X, outside of the cartridge at $F000 to $FFFF".formatted(offset + FIRST));
        }
        if (emitted[offset]) {
            throw new IllegalArgumentException("there are bytes at $%04X already".formatted(offset + FIRST));
        }
        emitted[offset] = true;
        image[offset] = (byte) value;
    }

    private enum Pass {
        SIZE,
        NAME,
        EMIT
    }

    /** What follows the name of an instruction. */
    private record Operand(Addressing addressing, String expression) {}

    /** One line of a source. */
    private static final class Statement {
        private final int index;
        private final String file;
        private final int line;
        private final String enclosing;
        private final String label;
        private final String operation;
        private final String operand;
        private Addressing addressing = Addressing.IMPLIED;

        Statement(int index, String file, int line, String enclosing, String label, String operation, String operand) {
            this.index = index;
            this.file = file;
            this.line = line;
            this.enclosing = enclosing;
            this.label = label;
            this.operation = operation;
            this.operand = operand;
        }

        /** The label alone. */
        Statement withoutOperation() {
            return new Statement(index, file, line, enclosing, label, "", "");
        }

        String place() {
            return file + ": " + line;
        }

        /** The label that local labels in this line belong to. */
        String scope() {
            return label.isEmpty() || label.contains("@") || operation.equals("=") ? enclosing : label;
        }
    }
}
