package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** Levels played one after the other, of one game or several, seen as frames or, CoinRun only, as numbers. */
final class GameSlot implements Slot {

    private final Function<GameName, Game> maker;
    private final Map<GameName, Game> games = new EnumMap<>(GameName.class);
    private Game game;

    /** In the place of frames; empty if frames are seen. */
    private final Optional<CoinRunState> state;

    /**
     * Painted while the policy thinks, when the caller's buffer is not known yet, and copied into it when it asks for it. The
     * copy takes 0.13 to 0.2 µs of a frame's 14 µs; painting a frame like this straight into a direct buffer took 16 to 17 µs,
     * for sprites read and write single bytes, each with its checks (64 rows and 60 sprites of 9×9, one core of an AMD EPYC).
     */
    private final byte[] frame = new byte[Game.FRAME_BYTES];

    private End end = End.NONE;

    /**
     * A slot with a first game; others are made when their levels come.
     *
     * @param maker of games
     * @param sight what is seen; numbers of CoinRun only
     * @param velocity whether the numbers tell velocities
     */
    GameSlot(GameName first, Function<GameName, Game> maker, Sight sight, boolean velocity) {
        this.maker = maker;
        game = maker.apply(first);
        games.put(first, game);
        state = sight == Sight.RGB
                ? Optional.empty()
                : Optional.of(new CoinRunState((CoinRun) game, sight.reach(), velocity));
    }

    @Override
    public void begin(Task level) {
        choose(level);
        game.start(Levels.seed(level));
        paint();
    }

    private void choose(Task level) {
        game = games.computeIfAbsent(Levels.game(level), maker);
    }

    private void paint() {
        if (state.isEmpty()) {
            game.paint(frame);
        }
    }

    @Override
    public double step(Action action) {
        float reward = game.step(action.choice());
        end = game.end();
        paint();
        return reward;
    }

    @Override
    public Ending ending() {
        return switch (end) {
            case NONE -> Ending.NONE;
            case TIME_OUT -> Ending.TRUNCATED;
            default -> Ending.TERMINATED;
        };
    }

    @Override
    public void abandon() {
        end = End.NONE;
    }

    @Override
    public void write(Observation into) {
        if (state.isEmpty()) {
            into.put(0, frame);
        } else {
            into.put(0, state.get().look());
        }
    }

    /** A frame where numbers are seen; where frames are, the observation is the picture. */
    @Override
    public Optional<Picture> picture() {
        if (state.isEmpty()) {
            return Optional.empty();
        }
        game.paint(frame);
        return Optional.of(new Picture(Game.FRAME_SIDE, Game.FRAME_SIDE, ByteBuffer.wrap(frame)));
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        game.describe(facts);
        facts.put("end", end.key());
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeByte(end.ordinal());
        game.save(out);
    }

    @Override
    public void load(Task level, DataInputStream in) throws IOException {
        end = End.values()[in.readByte()];
        choose(level);
        game.load(in);
        paint();
    }

    @Override
    public void close() {
        games.values().forEach(Game::close);
    }
}
