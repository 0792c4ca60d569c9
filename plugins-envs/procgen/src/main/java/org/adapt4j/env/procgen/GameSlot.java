package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** One game, played on one level after the other. */
final class GameSlot implements Slot {

    private final Game game;

    /**
     * Painted while the policy thinks, when the caller's buffer is not known yet, and copied into it when it asks for it. The
     * copy takes 0.13 to 0.2 µs of a frame's 14 µs; painting a frame like this straight into a direct buffer took 16 to 17 µs,
     * for sprites read and write single bytes, each with its checks (64 rows and 60 sprites of 9×9, one core of an AMD EPYC).
     */
    private final byte[] frame = new byte[Game.FRAME_BYTES];

    private End end = End.NONE;

    GameSlot(Game game) {
        this.game = game;
    }

    @Override
    public void begin(Task level) {
        game.start(ProcgenBenchmark.levelSeed(level));
        game.paint(frame);
    }

    @Override
    public double step(Action action) {
        float reward = game.step(action.choice());
        end = game.end();
        game.paint(frame);
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
        into.put(0, frame);
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
        game.load(in);
        game.paint(frame);
    }
}
