package org.adapt4j.env.ale;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Timed;
import org.adapt4j.toolkit.environment.WithLives;
import org.adapt4j.toolkit.run.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * One place at which games are played, one after the other.
 *
 * <p>A <em>game</em> runs from switching on to game over; a lost life that ends an episode leaves the game as it is. Trials and the
 * choice of tasks follow games: where a life was lost the next episode is of the same trial and task.
 *
 * <p>State is saved as the emulator's state before the game began and the actions since, and restored by playing them again, because
 * what ALE saves of a running game is not all of it ({@link Emulator#save}). A game is at most {@code max-frames} long: seconds. Every
 * game begins in that way, restored and then reset, so it makes no difference which emulator plays it.
 */
final class AleSlot implements WithLives, Timed {

    private final Sight sight;
    private final Protocol protocol;
    private final boolean training;
    private final Arcade arcade;
    private final int actions;
    private final RandomGenerator random;

    /** Where the last game of each cartridge ended: the next one goes on from there, as on a console that stays switched on. */
    private final Map<Play, SavedState> parked = new LinkedHashMap<>();

    /** The last frames, a ring; the newest lies before {@code oldest}. */
    private final byte[] frames;

    private long seed;
    private int oldest;
    private End end = End.NONE;
    private double lastScore;

    /** The running game: where it began, and what was done since. */
    private @Nullable Console console;

    private SavedState origin = new SavedState();
    private byte[] done = new byte[1024];
    private int doneCount;
    private int noOps;
    private int frame;
    private int lives;
    private double score;

    /** Time in the emulator, and on the way from its screen to the caller's memory. */
    private long emulatorNanos;

    private long observationNanos;

    /** How the last step ended. */
    private enum End {
        NONE(Ending.NONE),
        GAME_OVER(Ending.TERMINATED),
        LIFE_LOST(Ending.TERMINATED),
        TIME_LIMIT(Ending.TRUNCATED);

        final Ending ending;

        End(Ending ending) {
            this.ending = ending;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** See {@link AleSlots}. */
    AleSlot(
            Sight sight,
            Protocol protocol,
            boolean training,
            Arcade arcade,
            int actions,
            long seed,
            RandomGenerator random) {
        this.sight = sight;
        this.protocol = protocol;
        this.training = training;
        this.arcade = arcade;
        this.actions = actions;
        this.seed = seed;
        this.random = random;
        frames = new byte[protocol.stack() * sight.bytes()];
    }

    private Console console() {
        Console running = console;
        if (running == null) {
            throw new IllegalStateException("no game was begun");
        }
        return running;
    }

    /** A console of that cartridge, switched on with this slot's seed or as the slot left it. */
    private Console consoleOf(Play play) {
        Console running = console;
        if (running == null || !running.play().equals(play)) {
            close();
            running = new Console(play, protocol, arcade, actions);
            console = running;
        }
        return running;
    }

    private SavedState stateOf(Play play) {
        SavedState state = parked.get(play);
        if (state != null) {
            return state;
        }
        long name = (play.cartridge() + play.switches()).hashCode();
        return arcade.fresh(play, (int) (new SplitMix64(seed ^ name << 32).nextLong() >>> 33));
    }

    @Override
    public void begin(Task task) {
        Console left = console;
        if (left != null) {
            // Over the state that the game before began in, which nobody needs any more.
            left.emulator().save(origin);
            parked.put(left.play(), origin);
        }
        Play next = Play.of(task);
        Console running = consoleOf(next);
        startGame(running, stateOf(next), random.nextInt(protocol.noOpStarts() + 1));
    }

    /** Starts a game from the state in which a console was left. Restoring it is half of what makes a game repeatable. */
    private void startGame(Console running, SavedState from, int idleFrames) {
        Emulator emulator = running.emulator();
        origin = from;
        noOps = idleFrames;
        doneCount = 0;
        emulator.restore(from);
        emulator.reset();
        frame = 0;
        score = 0;
        for (int i = 0; i < noOps; i++) {
            idle(emulator);
            if (emulator.isOver()) {
                emulator.reset();
                frame = 0;
                score = 0;
            }
        }
        startEpisode();
    }

    /** A frame without an action. What it scores counts for the game, not for the agent. */
    private void idle(Emulator emulator) {
        score += emulator.act(Emulator.NO_OP);
        frame++;
    }

    private void startEpisode() {
        lives = console().emulator().lives();
        Arrays.fill(frames, (byte) 0);
        push(false);
    }

    /** Takes what is to be seen now as the newest frame. */
    private void push(boolean twoFrames) {
        int at = oldest * sight.bytes();
        if (sight == Sight.RAM) {
            console().emulator().ram().get(0, frames, at, Emulator.RAM);
        } else {
            console().shrink(twoFrames, frames, at);
        }
        oldest = (oldest + 1) % protocol.stack();
    }

    @Override
    public double step(Action action) {
        return play(action.choice());
    }

    private float play(int action) {
        Console here = console();
        Emulator emulator = here.emulator();
        note(action);
        int button = here.button(action);
        int skip = protocol.frameSkip();
        boolean over = false;
        boolean late = false;
        boolean twoFrames = false;
        double sum = 0;
        long began = System.nanoTime();
        for (int i = 0; i < skip && !over && !late; i++) {
            if (i > 0 && i == skip - 1 && protocol.maxOfTwoFrames() && sight == Sight.SCREEN) {
                here.remember();
                twoFrames = true;
            }
            sum += emulator.act(button);
            frame++;
            over = emulator.isOver();
            late = frame >= protocol.maxFrames();
        }
        score += sum;
        long played = System.nanoTime();
        push(twoFrames);
        emulatorNanos += played - began;
        observationNanos += System.nanoTime() - played;
        int left = emulator.lives();
        boolean lost = training && protocol.lifeLossEnds() && left < lives && left > 0;
        lives = left;
        end = over ? End.GAME_OVER : late ? End.TIME_LIMIT : lost ? End.LIFE_LOST : End.NONE;
        if (over || late) {
            lastScore = score;
        }
        double clip = training ? protocol.rewardClip() : 0;
        return (float) (clip > 0 ? Math.max(-clip, Math.min(clip, sum)) : sum);
    }

    private void note(int action) {
        if (doneCount == done.length) {
            done = Arrays.copyOf(done, 2 * doneCount);
        }
        done[doneCount++] = (byte) action;
    }

    @Override
    public Ending ending() {
        return end.ending;
    }

    @Override
    public boolean goesOn() {
        if (end != End.LIFE_LOST) {
            return false;
        }
        Emulator emulator = console().emulator();
        idle(emulator);
        if (emulator.isOver() || frame >= protocol.maxFrames()) {
            lastScore = score;
            return false;
        }
        startEpisode();
        return true;
    }

    @Override
    public void abandon() {
        end = End.NONE;
    }

    @Override
    public void write(Observation into) {
        long began = System.nanoTime();
        int first = oldest * sight.bytes();
        into.put(0, 0, frames, first, frames.length - first);
        into.put(0, frames.length - first, frames, 0, first);
        observationNanos += System.nanoTime() - began;
    }

    @Override
    public Map<String, Long> nanos() {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("emulator", emulatorNanos);
        parts.put("observation", observationNanos);
        return parts;
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("game", console().play().game().name());
        facts.put("lives", lives);
        facts.put("frame", frame);
        facts.put("no-ops", noOps);
        facts.put("score", score);
        facts.put("end", end.key());
        facts.put("last-score", lastScore);
    }

    @Override
    public Optional<Picture> picture() {
        return Optional.of(console().picture());
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeLong(seed);
        out.writeInt(parked.size());
        for (Map.Entry<Play, SavedState> each : parked.entrySet()) {
            each.getKey().save(out);
            each.getValue().write(out);
        }
        console().play().save(out);
        origin.write(out);
        out.writeInt(noOps);
        out.writeInt(doneCount);
        out.write(done, 0, doneCount);
        out.writeByte(end.ordinal());
        out.writeDouble(lastScore);
    }

    @Override
    public void load(Task task, DataInputStream in) throws IOException {
        seed = in.readLong();
        parked.clear();
        for (int i = in.readInt(); i > 0; i--) {
            parked.put(Play.load(in), SavedState.read(in));
        }
        startGame(consoleOf(Play.load(in)), SavedState.read(in), in.readInt());
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            play(in.readByte());
            goesOn();
        }
        end = End.values()[in.readByte()];
        lastScore = in.readDouble();
    }

    @Override
    public void close() {
        Console running = console;
        console = null;
        if (running != null) {
            arcade.giveBack(running.play(), running.emulator());
        }
    }
}
