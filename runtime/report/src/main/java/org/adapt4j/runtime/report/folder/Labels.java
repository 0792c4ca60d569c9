package org.adapt4j.runtime.report.folder;

import java.util.Comparator;
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

    /** Value with thousands apart, where it is a whole number. */
    public static String pretty(String value) {
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
                        .map(entry -> pretty(entry.getValue()) + " " + shortName(entry.getKey()))
                        .collect(Collectors.joining(", "));
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

    /** Orders two values: numbers by size, otherwise by letters. */
    public static int compare(String a, String b) {
        Optional<Double> x = number(a);
        Optional<Double> y = number(b);
        if (x.isPresent() && y.isPresent()) {
            return Double.compare(x.get(), y.get());
        }
        return a.compareTo(b);
    }
}
