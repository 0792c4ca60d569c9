package org.adapt4j.toolkit.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The part of JSON that a safetensors header uses: objects, lists, text and whole numbers. Refuses duplicate names. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Map<String, Object> object(String text) throws IOException {
        Json json = new Json(text);
        Map<String, Object> object = json.object();
        json.space();
        if (json.at < text.length()) {
            throw json.unsound();
        }
        return object;
    }

    static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private Map<String, Object> object() throws IOException {
        expect('{');
        Map<String, Object> object = new TreeMap<>();
        if (next('}')) {
            return object;
        }
        do {
            String name = string();
            expect(':');
            if (object.put(name, value()) != null) {
                throw new IOException("not a sound safetensors file: the name " + name + " occurs twice");
            }
        } while (next(','));
        expect('}');
        return object;
    }

    private Object value() throws IOException {
        space();
        char c = peek();
        if (c == '{') {
            return object();
        }
        if (c == '"') {
            return string();
        }
        if (c == '[') {
            List<Object> list = new ArrayList<>();
            expect('[');
            if (next(']')) {
                return list;
            }
            do {
                list.add(value());
            } while (next(','));
            expect(']');
            return list;
        }
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        try {
            return Long.parseLong(text, from, at, 10);
        } catch (NumberFormatException e) {
            throw unsound();
        }
    }

    private String string() throws IOException {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                char escape = peek();
                at++;
                switch (escape) {
                    case 'n' -> value.append('\n');
                    case 't' -> value.append('\t');
                    case 'r' -> value.append('\r');
                    case 'b' -> value.append('\b');
                    case 'f' -> value.append('\f');
                    case '"', '\\', '/' -> value.append(escape);
                    case 'u' -> value.append(unicode());
                    default -> throw unsound();
                }
            } else {
                value.append(c);
            }
        }
        at++;
        return value.toString();
    }

    private char unicode() throws IOException {
        if (at + 4 > text.length()) {
            throw unsound();
        }
        try {
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        } catch (NumberFormatException e) {
            throw unsound();
        }
    }

    private char peek() throws IOException {
        if (at >= text.length()) {
            throw unsound();
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private boolean next(char c) {
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws IOException {
        if (!next(c)) {
            throw unsound();
        }
    }

    private IOException unsound() {
        return new IOException("not a sound safetensors file: its header is broken at character " + at);
    }
}
