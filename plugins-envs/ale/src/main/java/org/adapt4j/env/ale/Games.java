package org.adapt4j.env.ale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The games of ALE 0.7.3, as facts: what can be said about a game without having its cartridge. */
final class Games {

    private static final Map<String, Game> BY_NAME = read();

    private Games() {}

    static Collection<Game> all() {
        return BY_NAME.values();
    }

    static Optional<Game> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Optional<Game> withMd5(String md5) {
        return BY_NAME.values().stream().filter(game -> game.md5().equals(md5)).findFirst();
    }

    private static Map<String, Game> read() {
        Map<String, Game> games = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(Games.class.getResourceAsStream("games.csv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(Games::game)
                    .forEach(game -> games.put(game.name(), game));
        } catch (IOException e) {
            throw new UncheckedIOException("games.csv", e);
        }
        return Collections.unmodifiableMap(games);
    }

    private static Game game(String line) {
        String[] cells = line.split(",", -1);
        Optional<ScoreRange> scores = cells[5].isEmpty()
                ? Optional.empty()
                : Optional.of(new ScoreRange(Double.parseDouble(cells[5]), Double.parseDouble(cells[6])));
        return new Game(cells[0], cells[1], numbers(cells[2]), numbers(cells[3]), numbers(cells[4]), scores);
    }

    private static List<Integer> numbers(String cell) {
        return Arrays.stream(cell.split(" ")).map(Integer::valueOf).toList();
    }
}
