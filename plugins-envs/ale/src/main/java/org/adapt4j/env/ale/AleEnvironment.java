package org.adapt4j.env.ale;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.TaskSchedule;
import org.jspecify.annotations.Nullable;

/**
 * Consoles that play together over some threads. Slots share nothing, so results do not depend on the number of threads.
 *
 * <p>A <em>game</em> runs from switching on to game over; a lost life that ends an episode leaves the game as it is. Trials and the
 * choice of tasks follow games: where a life was lost the next observation is {@link Flag#FIRST} but of the same trial and task.
 *
 * <p>State is saved as the emulator's state before the game began and the actions since, and restored by playing them again, because
 * what ALE saves of a running game is not all of it ({@link Emulator#save}). A game is at most {@code max-frames} long: seconds. Every
 * game begins in that way, restored and then reset, so it makes no difference which emulator plays it.
 */
final class AleEnvironment implements VectorEnvironment {

    private static final byte FIRST = Flag.FIRST.mask();
    private static final byte NEW_TRIAL = (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask());

    private final EnvironmentSpec spec;
    private final Protocol protocol;
    private final boolean training;
    private final Arcade arcade;
    private final int actionCount;
    private final Slot[] slots;
    private final int[] actions;
    private final Workers workers;

    /** Made once, so that no step allocates. */
    private final IntConsumer step = this::step;

    private TaskSchedule schedule;
    private boolean inFlight;

    /** First observations, or a step's, are waiting to be received. */
    private boolean ready;

    AleEnvironment(
            EnvironmentSpec spec,
            TaskSchedule schedule,
            int count,
            long seed,
            int threads,
            Protocol protocol,
            boolean training,
            Arcade arcade) {
        this.spec = spec;
        this.schedule = schedule;
        this.protocol = protocol;
        this.training = training;
        this.arcade = arcade;
        actionCount = ((Discrete) spec.action()).size();
        actions = new int[count];
        slots = new Slot[count];
        SlotRandom seeds = new SlotRandom(seed);
        for (int i = 0; i < count; i++) {
            slots[i] = new Slot(i, seeds.next());
        }
        workers = new Workers(Math.min(threads, count), count);
        try {
            reassign(schedule);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    @Override
    public int slots() {
        return slots.length;
    }

    @Override
    public void reassign(TaskSchedule next) {
        finishStep();
        schedule = next;
        inFlight = true;
        workers.start(i -> slots[i].open());
        finishStep();
        ready = true;
    }

    @Override
    public void send(ActionBuffers chosen) {
        if (ready) {
            throw new IllegalStateException("send() must follow receive(): the last outcome was not taken");
        }
        IntBuffer buttons = chosen.discrete();
        for (int i = 0; i < slots.length; i++) {
            int action = buttons.get(i);
            if (action < 0 || action >= actionCount) {
                throw new IllegalArgumentException(
                        "slot " + i + ": action " + action + " is none of 0 to " + (actionCount - 1));
            }
            actions[i] = action;
        }
        inFlight = true;
        ready = true;
        workers.start(step);
    }

    private void step(int slot) {
        slots[slot].step(actions[slot]);
    }

    @Override
    public void receive(StepBuffers outcome) {
        if (!ready) {
            throw new IllegalStateException("receive() must follow send()");
        }
        finishStep();
        for (Slot slot : slots) {
            slot.write(outcome);
        }
        ready = false;
    }

    private void finishStep() {
        if (inFlight) {
            inFlight = false;
            workers.finish();
        }
    }

    @Override
    public Map<String, Object> info(int slot) {
        finishStep();
        return slots[slot].describe();
    }

    @Override
    public Optional<Picture> picture(int slot) {
        finishStep();
        return Optional.of(slots[slot].picture());
    }

    @Override
    public Map<String, Double> timeShares() {
        finishStep();
        double emulator = 0;
        double observation = 0;
        for (Slot slot : slots) {
            emulator += slot.emulatorNanos;
            observation += slot.observationNanos;
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        if (emulator > 0) {
            shares.put("emulator", emulator / (emulator + observation));
            shares.put("observation", observation / (emulator + observation));
        }
        return shares;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        finishStep();
        out.writeBoolean(ready);
        for (Slot slot : slots) {
            slot.save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        finishStep();
        ready = in.readBoolean();
        for (Slot slot : slots) {
            slot.load(in);
        }
    }

    @Override
    public void close() {
        try {
            finishStep();
        } finally {
            workers.close();
            for (Slot slot : slots) {
                slot.close();
            }
        }
    }

    /** How the last step ended. */
    private enum End {
        NONE,
        GAME_OVER,
        LIFE_LOST,
        TIME_LIMIT;

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** An emulator with what a slot needs to play on it. */
    private final class Console {

        private final Play play;
        private final Emulator emulator;
        private final Shrinker shrinker;

        /** ALE's action for each of the agent's. */
        private final int[] buttons = new int[actionCount];

        /** The frame before the last. */
        private final byte[] before;

        private final ByteBuffer beforeWords;

        Console(Play play) {
            this.play = play;
            boolean full = protocol.actionSet() == ActionSet.FULL;
            int own = full ? Emulator.ALL_ACTIONS : play.game().actions().size();
            if (own > actionCount) {
                throw new IllegalArgumentException(play.cartridge() + " has " + own + " actions, and the agent only "
                        + actionCount + ": set benchmark.actions = padded");
            }
            for (int i = 0; i < actionCount; i++) {
                buttons[i] = i >= own
                        ? Emulator.NO_OP
                        : full ? i : play.game().actions().get(i);
            }
            emulator = arcade.borrow(play);
            shrinker = new Shrinker(protocol.resize(), emulator.width(), emulator.height());
            before = new byte[emulator.width() * emulator.height()];
            beforeWords = ByteBuffer.wrap(before).order(ByteOrder.nativeOrder());
        }
    }

    /** One place at which games are played, one after the other. */
    private final class Slot {

        private final int index;

        /** Where the last game of each cartridge ended: the next one goes on from there, as on a console that stays switched on. */
        private final Map<Play, byte[]> parked = new LinkedHashMap<>();

        private final SlotRandom random;

        /** The last frames, a ring; the newest lies before {@code oldest}. */
        private final byte[] frames = new byte[protocol.stack() * Shrinker.BYTES];

        private final byte[] last = new byte[protocol.stack() * Shrinker.BYTES];
        private long seed;
        private int oldest;
        private int task;
        private int episodesLeft;
        private float reward;
        private byte flags;
        private End end = End.NONE;
        private double lastScore;

        /** The running game: where it began, and what was done since. */
        private @Nullable Console console;

        private byte[] origin = new byte[0];
        private long originRandom;
        private byte[] done = new byte[1024];
        private int doneCount;
        private int noOps;
        private int frame;
        private int lives;
        private double score;

        /** Time in the emulator, and on the way from its screen to the caller's memory. */
        private long emulatorNanos;

        private long observationNanos;

        Slot(int index, long seed) {
            this.index = index;
            this.seed = seed;
            random = new SlotRandom(seed);
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
            if (running == null || !running.play.equals(play)) {
                close();
                running = new Console(play);
                console = running;
            }
            return running;
        }

        private byte[] stateOf(Play play) {
            byte[] state = parked.get(play);
            if (state != null) {
                return state;
            }
            long name = (play.cartridge() + play.switches()).hashCode();
            return arcade.fresh(play, (int) (new SlotRandom(seed ^ name << 32).next() >>> 33));
        }

        /** Starts on a schedule. */
        void open() {
            task = index;
            episodesLeft = 0;
            reward = 0;
            end = End.NONE;
            flags = begin(true);
        }

        /** Starts the next game and returns its flags. */
        private byte begin(boolean opening) {
            byte first = NEW_TRIAL;
            if (schedule instanceof TaskSchedule.EachEpisode each) {
                task = random.below(each.tasks().size());
            } else if (schedule instanceof TaskSchedule.Trials trials) {
                if (episodesLeft == 0) {
                    episodesLeft = trials.episodes();
                    task = random.below(trials.tasks().size());
                } else {
                    first = FIRST;
                }
                episodesLeft--;
            } else if (schedule instanceof TaskSchedule.RoundRobin robin) {
                task = (int) (((long) task + (opening ? 0 : slots.length))
                        % robin.tasks().size());
            } else {
                task = 0;
                first = opening ? NEW_TRIAL : FIRST;
            }
            Console left = console;
            if (left != null) {
                parked.put(left.play, left.emulator.save());
            }
            Play next = Play.of(schedule.tasks().get(task));
            Console running = consoleOf(next);
            begin(running, stateOf(next), random.state());
            return first;
        }

        /** Starts a game from the state in which a console was left. Restoring it is half of what makes a game repeatable. */
        private void begin(Console running, byte[] from, long dice) {
            origin = from;
            originRandom = dice;
            random.restart(dice);
            doneCount = 0;
            running.emulator.restore(from);
            startGame();
        }

        private void startGame() {
            Emulator emulator = console().emulator;
            emulator.reset();
            frame = 0;
            score = 0;
            noOps = random.below(protocol.noOpStarts() + 1);
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
            lives = console().emulator.lives();
            Arrays.fill(frames, (byte) 0);
            push(false);
        }

        /** Takes the screen as the newest frame. */
        private void push(boolean twoFrames) {
            Console here = console();
            here.shrinker.shrink(
                    here.emulator.screen(),
                    here.emulator.greys(),
                    twoFrames ? here.beforeWords : null,
                    frames,
                    oldest * Shrinker.BYTES);
            oldest = (oldest + 1) % protocol.stack();
        }

        void step(int action) {
            Console here = console();
            Emulator emulator = here.emulator;
            note(action);
            int button = here.buttons[action];
            int skip = protocol.frameSkip();
            boolean over = false;
            boolean late = false;
            boolean twoFrames = false;
            double sum = 0;
            long began = System.nanoTime();
            for (int i = 0; i < skip && !over && !late; i++) {
                if (i > 0 && i == skip - 1 && protocol.maxOfTwoFrames()) {
                    emulator.screen().get(0, here.before);
                    twoFrames = true;
                }
                sum += emulator.act(button);
                frame++;
                over = emulator.isOver();
                late = frame >= protocol.maxFrames();
            }
            score += sum;
            double clip = training ? protocol.rewardClip() : 0;
            reward = (float) (clip > 0 ? Math.max(-clip, Math.min(clip, sum)) : sum);
            long played = System.nanoTime();
            push(twoFrames);
            emulatorNanos += played - began;
            observationNanos += System.nanoTime() - played;
            int left = emulator.lives();
            boolean lost = training && protocol.lifeLossEnds() && left < lives && left > 0;
            lives = left;
            flags = 0;
            end = over ? End.GAME_OVER : late ? End.TIME_LIMIT : lost ? End.LIFE_LOST : End.NONE;
            if (end == End.LIFE_LOST) {
                keepLast();
                idle(emulator);
                boolean goesOn = !emulator.isOver() && frame < protocol.maxFrames();
                flags = (byte) (Flag.TERMINATED.mask() | (goesOn ? FIRST : nextGame()));
                if (goesOn) {
                    startEpisode();
                }
            } else if (end != End.NONE) {
                keepLast();
                Flag how = end == End.GAME_OVER ? Flag.TERMINATED : Flag.TRUNCATED;
                flags = (byte) (how.mask() | nextGame());
            }
        }

        private byte nextGame() {
            lastScore = score;
            return begin(false);
        }

        private void note(int action) {
            if (doneCount == done.length) {
                done = Arrays.copyOf(done, 2 * doneCount);
            }
            done[doneCount++] = (byte) action;
        }

        private void keepLast() {
            int first = oldest * Shrinker.BYTES;
            System.arraycopy(frames, first, last, 0, frames.length - first);
            System.arraycopy(frames, 0, last, frames.length - first, first);
        }

        void write(StepBuffers outcome) {
            long began = System.nanoTime();
            int at = index * frames.length;
            int first = oldest * Shrinker.BYTES;
            ByteBuffer screen = outcome.observation(0);
            screen.put(at, frames, first, frames.length - first);
            screen.put(at + frames.length - first, frames, 0, first);
            if (end != End.NONE) {
                outcome.lastObservation(0).put(at, last);
            }
            outcome.rewards().put(index, reward);
            outcome.flags().put(index, flags);
            outcome.tasks().put(index, task);
            observationNanos += System.nanoTime() - began;
        }

        Map<String, Object> describe() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("game", console().play.game().name());
            facts.put("lives", lives);
            facts.put("frame", frame);
            facts.put("no-ops", noOps);
            facts.put("score", score);
            facts.put("end", end.key());
            facts.put("last-score", lastScore);
            return facts;
        }

        Picture picture() {
            Emulator emulator = console().emulator;
            int pixels = emulator.width() * emulator.height();
            int[] colours = emulator.colours();
            ByteBuffer rgb = ByteBuffer.allocate(3 * pixels);
            for (int i = 0; i < pixels; i++) {
                int colour = colours[emulator.screen().get(i) & 255];
                rgb.put(3 * i, (byte) (colour >> 16));
                rgb.put(3 * i + 1, (byte) (colour >> 8));
                rgb.put(3 * i + 2, (byte) colour);
            }
            return new Picture(emulator.width(), emulator.height(), rgb);
        }

        void save(DataOutputStream out) throws IOException {
            out.writeLong(seed);
            out.writeInt(parked.size());
            for (Map.Entry<Play, byte[]> each : parked.entrySet()) {
                writePlay(each.getKey(), out);
                writeBytes(each.getValue(), out);
            }
            writePlay(console().play, out);
            writeBytes(origin, out);
            out.writeLong(originRandom);
            out.writeInt(task);
            out.writeInt(episodesLeft);
            out.writeInt(doneCount);
            out.write(done, 0, doneCount);
            out.writeFloat(reward);
            out.writeByte(flags);
            out.writeByte(end.ordinal());
            out.writeDouble(lastScore);
        }

        void load(DataInputStream in) throws IOException {
            seed = in.readLong();
            parked.clear();
            for (int i = in.readInt(); i > 0; i--) {
                parked.put(readPlay(in), readBytes(in));
            }
            begin(consoleOf(readPlay(in)), readBytes(in), in.readLong());
            task = in.readInt();
            episodesLeft = in.readInt();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                step(in.readByte());
            }
            reward = in.readFloat();
            flags = in.readByte();
            end = End.values()[in.readByte()];
            lastScore = in.readDouble();
        }

        void close() {
            Console running = console;
            console = null;
            if (running != null) {
                arcade.giveBack(running.play, running.emulator);
            }
        }
    }

    private static void writePlay(Play play, DataOutputStream out) throws IOException {
        out.writeUTF(play.kind().name());
        out.writeUTF(play.name());
        out.writeUTF(play.game().name());
        out.writeInt(play.mode());
        out.writeInt(play.difficulty());
    }

    private static Play readPlay(DataInputStream in) throws IOException {
        Kind kind = Kind.valueOf(in.readUTF());
        String name = in.readUTF();
        String game = in.readUTF();
        return new Play(
                kind,
                name,
                Games.named(game).orElseThrow(() -> new IOException("no game '" + game + "'")),
                in.readInt(),
                in.readInt());
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
