package org.adapt4j.runtime.report.folder;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the coordinates of a grid are shortened, ordered and written for people. */
public final class Labels {
    private Labels() {}

    /** Last part of a setting's path, in words: {@code benchmark.train-levels} is {@code train levels}. */
    public static String shortName(String key) {
        return key.substring(key.lastIndexOf('.') + 1).replace('-', ' ');
    }

    /** Number in a value such as {@code 100} or {@code 10_000}, if it is one. */
    public static Optional<Double> number(String value) {
        try {
            return Optional.of(Double.parseDouble(value.replace("_", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Elements of a value that is a list, such as {@code [rom/pong, rom/assault]}. */
    public static Optional<List<String>> elements(String value) {
        return value.startsWith("[") && value.endsWith("]")
                ? Optional.of(List.of(value.substring(1, value.length() - 1).split(", *")))
                : Optional.empty();
    }

    /** Value with thousands apart, where it is a whole number; of a list one or two elements, or how many there are. */
    public static String pretty(String value) {
        Optional<List<String>> list = elements(value);
        if (list.isPresent()) {
            return list.get().size() <= 2
                    ? String.join(" + ", list.get())
                    : Integer.toString(list.get().size());
        }
        return number(value)
                .filter(n -> n == Math.rint(n) && Math.abs(n) < 1e15)
                .map(n -> Words.count(Math.round(n)))
                .orElse(value);
    }

    /** All coordinates in words; "all settings" where there is none. */
    public static String describe(Map<String, String> labels) {
        return labels.isEmpty()
                ? "all settings"
                : labels.entrySet().stream()
                        .map(entry -> phrase(pretty(entry.getValue()), shortName(entry.getKey())))
                        .collect(Collectors.joining(", "));
    }

    private static String phrase(String value, String name) {
        if (value.equals("none")) {
            return "no " + name;
        }
        if (name.equals("name")) {
            return value;
        }
        return value + " " + (value.equals("1") && name.endsWith("s") ? name.substring(0, name.length() - 1) : name);
    }

    /** All coordinates as they stand in the configuration: {@code benchmark.train-levels=100}. */
    public static String raw(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Numbers by size before words by letters, label after label. */
    public static Comparator<Map<String, String>> order() {
        return (a, b) -> {
            for (Map.Entry<String, String> entry : a.entrySet()) {
                String other = b.get(entry.getKey());
                int compared = other == null ? 1 : compare(entry.getValue(), other);
                if (compared != 0) {
                    return compared;
                }
            }
            return Integer.compare(a.size(), b.size());
        };
    }

    /** Orders two values: numbers by size, lists by length, otherwise by letters. */
    public static int compare(String a, String b) {
        Optional<Double> x = size(a);
        Optional<Double> y = size(b);
        int sizes = x.isPresent() && y.isPresent() ? Double.compare(x.get(), y.get()) : 0;
        return sizes == 0 ? a.compareTo(b) : sizes;
    }

    private static Optional<Double> size(String value) {
        return number(value).or(() -> elements(value).map(list -> (double) list.size()));
    }
}
