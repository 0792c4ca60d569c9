package org.adapt4j.env.procgen;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.api.task.Task;

/** Levels of an interval, made when asked for; of several games in turn. */
final class Levels extends AbstractList<Task> implements RandomAccess {

    private static final String SEED = "level-seed";
    private static final Pattern NAME = Pattern.compile("([a-z]+)/(0|[1-9][0-9]{0,9})");

    private final List<GameName> games;
    private final int start;
    private final int count;

    /**
     * The levels {@code start}, {@code start + 1} and so on of each game.
     *
     * @param count of levels of each game
     */
    Levels(List<GameName> games, int start, int count) {
        this.games = games;
        this.start = start;
        this.count = (int) Math.min(Integer.MAX_VALUE, (long) count * games.size());
    }

    static Task level(GameName game, int seed) {
        return new Task("procgen", game.key() + "/" + seed, Map.of(SEED, Integer.toString(seed)));
    }

    /** The level of a name such as {@code maze/17}; empty if there can be none. */
    static Optional<Task> of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long seed = Long.parseLong(matcher.group(2));
        return seed > Integer.MAX_VALUE
                ? Optional.empty()
                : GameName.of(matcher.group(1)).map(game -> level(game, (int) seed));
    }

    static int seed(Task level) {
        return Integer.parseInt(level.attribute(SEED));
    }

    static GameName game(Task level) {
        String name = level.name();
        return GameName.of(name.substring(0, name.indexOf('/'))).orElseThrow();
    }

    @Override
    public Task get(int index) {
        Objects.checkIndex(index, count);
        return level(games.get(index % games.size()), start + index / games.size());
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Levels levels
                ? games.equals(levels.games) && start == levels.start && count == levels.count
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * start + count;
    }
}
