package org.adapt4j.env.ale.cartridge;

import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Works out what an expression in an assembly source comes to.
 *
 * <p>Numbers: {@code 12}, {@code $1f}, {@code %1010}, {@code 'a'}; {@code *} is the current address. Operators, loosest first:
 * {@code |}, {@code ^}, {@code &}, comparisons (1 or 0), {@code << >>}, {@code + -}, {@code * / %}, then before a value
 * {@code < > - ~}, where {@code <} takes the low byte and {@code >} the high byte of the value right after it.
 */
final class Expression {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\\$[0-9a-fA-F]+|%[01]+|[0-9]+|'.'|[A-Za-z_@][A-Za-z0-9_@]*" + "|<<|>>|<=|>=|==|!=|[-+*/%&|^<>~()])");
    private static final String[][] BINARY = {
        {"|"}, {"^"}, {"&"}, {"==", "!=", "<=", ">=", "<", ">"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}
    };
    private static final String END = "";

    private final String text;
    private final Function<String, OptionalInt> symbols;
    private int position;
    private String token = END;
    private boolean known = true;

    private Expression(String text, Function<String, OptionalInt> symbols) {
        this.text = text;
        this.symbols = symbols;
        advance(true);
    }

    /**
     * The value of an expression, or nothing where a symbol in it has no value yet.
     *
     * @param symbols the value of a name ({@code *} for the current address), empty while it has none
     * @throws IllegalArgumentException where the text is no expression; the message is meant for the author of the source
     */
    static OptionalInt value(String text, Function<String, OptionalInt> symbols) {
        Expression expression = new Expression(text, symbols);
        int value = expression.binary(0);
        if (!expression.token.equals(END)) {
            throw new IllegalArgumentException("'" + expression.token + "' is not expected in '" + text.strip() + "'");
        }
        return expression.known ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private int binary(int level) {
        if (level == BINARY.length) {
            return unary();
        }
        int left = binary(level + 1);
        while (isOneOf(BINARY[level])) {
            String operator = token;
            advance(true);
            left = apply(operator, left, binary(level + 1));
        }
        return left;
    }

    private int apply(String operator, int left, int right) {
        return switch (operator) {
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "==" -> left == right ? 1 : 0;
            case "!=" -> left != right ? 1 : 0;
            case "<=" -> left <= right ? 1 : 0;
            case ">=" -> left >= right ? 1 : 0;
            case "<" -> left < right ? 1 : 0;
            case ">" -> left > right ? 1 : 0;
            case "<<" -> left << right;
            case ">>" -> left >> right;
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            default -> quotient(operator, left, right);
        };
    }

    private int quotient(String operator, int left, int right) {
        if (!known) {
            return 0;
        }
        if (right == 0) {
            throw new IllegalArgumentException("division by zero in '" + text.strip() + "'");
        }
        return operator.equals("/") ? left / right : left % right;
    }

    private int unary() {
        String operator = token;
        switch (operator) {
            case "<", ">", "-", "~" -> {
                advance(true);
                int value = unary();
                return switch (operator) {
                    case "<" -> value & 0xff;
                    case ">" -> value >> 8 & 0xff;
                    case "-" -> -value;
                    default -> ~value;
                };
            }
            case "(" -> {
                advance(true);
                int value = binary(0);
                if (!token.equals(")")) {
                    throw new IllegalArgumentException("')' is missing in '" + text.strip() + "'");
                }
                advance(false);
                return value;
            }
            default -> {
                return operand();
            }
        }
    }

    private int operand() {
        String operand = token;
        if (operand.equals(END)) {
            throw new IllegalArgumentException("a value is missing in '" + text.strip() + "'");
        }
        advance(false);
        char first = operand.charAt(0);
        if (first == '$') {
            return number(operand.substring(1), 16);
        }
        if (first == '%' && operand.length() > 1) {
            return number(operand.substring(1), 2);
        }
        if (first == '\'') {
            return operand.charAt(1);
        }
        if (Character.isDigit(first)) {
            return number(operand, 10);
        }
        if (first == '*' || first == '_' || first == '@' || Character.isLetter(first)) {
            OptionalInt value = symbols.apply(operand);
            known &= value.isPresent();
            return value.orElse(0);
        }
        throw new IllegalArgumentException("'" + operand + "' is not expected in '" + text.strip() + "'");
    }

    private static int number(String digits, int base) {
        try {
            return Integer.parseInt(digits, base);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + digits + "' is too large a number", e);
        }
    }

    private boolean isOneOf(String[] operators) {
        for (String operator : operators) {
            if (operator.equals(token)) {
                return true;
            }
        }
        return false;
    }

    /** Reads the next token; {@code %} begins a binary number where a value may stand, and is the remainder elsewhere. */
    private void advance(boolean valueMayFollow) {
        Matcher matcher = TOKEN.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            if (!text.substring(position).isBlank()) {
                throw new IllegalArgumentException(
                        "'" + text.substring(position).strip() + "' is no value or operator");
            }
            token = END;
            return;
        }
        token = matcher.group(1);
        if (token.startsWith("%") && token.length() > 1 && !valueMayFollow) {
            token = "%";
        }
        position = matcher.start(1) + token.length();
    }
}
