package org.adapt4j.env.procgen;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A game that openai/procgen's own library plays. Each level gets an environment of the library for itself, the interval of whose levels is that one
 * level: the library has no other way to a level, and making one takes 0.3 to 0.5 ms.
 *
 * <p>What the library does not give: the last frame of an episode (what is painted then is the level's first frame), where the agent is, and what would have outlived an
 * episode, since every level starts afresh.
 */
final class NativeGame implements Game {

    private static final int STATE_BYTES = 1 << 20;
    private static final int STATE_VERSION = 0;
    private static final List<String> FACTS = List.of("prev_level_seed", "prev_level_complete", "level_seed");

    private final Libenv library;
    private final NativeThread thread;
    private final GameName name;
    private final LevelOptions options;
    private final Path assets;
    private final int timeOut;

    private final Memory rgb = new Memory(FRAME_BYTES);
    private final Memory reward = new Memory(Float.BYTES);
    private final Memory first = new Memory(1);
    private final Memory previousLevel = new Memory(Integer.BYTES);
    private final Memory complete = new Memory(1);
    private final Memory level = new Memory(Integer.BYTES);
    private final Memory action = new Memory(Integer.BYTES);
    private final Memory observations = pointers(rgb);
    private final Memory facts = pointers(previousLevel, complete, level);
    private final Memory actions = pointers(action);
    private final Memory buffers = pointers(observations, reward, first, facts, actions);

    private @Nullable Pointer environment;
    private End end = End.NONE;
    private int time;

    NativeGame(Libenv library, NativeThread thread, GameName name, LevelOptions options, Path assets) {
        this.library = library;
        this.thread = thread;
        this.name = name;
        this.options = options;
        this.assets = assets;
        timeOut = name.info().timeOut(options.mode());
    }

    private static Memory pointers(Pointer... targets) {
        Memory memory = new Memory((long) targets.length * Native.POINTER_SIZE);
        for (int i = 0; i < targets.length; i++) {
            memory.setPointer((long) i * Native.POINTER_SIZE, targets[i]);
        }
        return memory;
    }

    @Override
    public void start(int levelSeed) {
        if (levelSeed < 0 || levelSeed == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "level " + levelSeed + ": the native library has the levels 0 to 2147483646");
        }
        thread.run(() -> {
            release();
            Pointer made = make(levelSeed);
            demandProcgen(made);
            library.libenvSetBuffers(made, buffers);
            library.libenvObserve(made);
            environment = made;
        });
        end = End.NONE;
        time = 0;
    }

    private Pointer make(int levelSeed) {
        NativeOptions asked = new NativeOptions()
                .text("env_name", name.key())
                .number("num_levels", 1)
                .number("start_level", levelSeed)
                .number("num_actions", ACTIONS)
                .number("rand_seed", 0)
                .number("num_threads", 0)
                .text("resource_root", assets.toAbsolutePath() + "/")
                .truth("center_agent", options.centerAgent())
                .truth("use_backgrounds", options.useBackgrounds())
                .truth("restrict_themes", options.restrictThemes())
                .truth("use_monochrome_assets", options.useMonochromeAssets())
                .truth("paint_vel_info", options.paintVelInfo())
                .truth("use_sequential_levels", options.useSequentialLevels())
                .number("distribution_mode", distributionMode(options.mode()))
                .number("debug_mode", options.debugMode());
        try {
            return library.libenvMake(1, asked.pack());
        } finally {
            Reference.reachabilityFence(asked);
        }
    }

    private static int distributionMode(Mode mode) {
        return switch (mode) {
            case EASY -> 0;
            case HARD, EXPLORATION -> 1;
            case EXTREME -> 2;
            case MEMORY -> 10;
        };
    }

    /** Another library of environments would write elsewhere. */
    private void demandProcgen(Pointer made) {
        List<String> shown = tensors(made, Libenv.OBSERVATION);
        List<String> told = tensors(made, Libenv.INFO);
        if (!shown.equals(List.of("rgb")) || !told.equals(FACTS)) {
            throw new IllegalStateException("library: shows " + shown + " and tells " + told
                    + ", so it is not openai/procgen's; " + LibenvFile.HOW_TO_BUILD);
        }
    }

    private List<String> tensors(Pointer made, int space) {
        int count = library.libenvGetTensortypes(made, space, Pointer.NULL);
        List<String> names = new ArrayList<>();
        if (count > 0) {
            Memory types = new Memory((long) count * Libenv.TENSOR_BYTES);
            library.libenvGetTensortypes(made, space, types);
            for (int i = 0; i < count; i++) {
                names.add(types.getString((long) i * Libenv.TENSOR_BYTES));
            }
        }
        return names;
    }

    @Override
    public float step(int chosen) {
        if (chosen < 0 || chosen >= ACTIONS) {
            throw new IllegalArgumentException("action " + chosen + " is not one of 0 to " + (ACTIONS - 1));
        }
        action.setInt(0, chosen);
        thread.run(() -> {
            library.libenvAct(playing());
            library.libenvObserve(playing());
        });
        time++;
        boolean completed = complete.getByte(0) != 0;
        if (first.getByte(0) == 0) {
            end = End.NONE;
            time = completed ? 0 : time;
        } else if (completed) {
            end = End.GOAL;
        } else {
            end = time >= timeOut ? End.TIME_OUT : End.DEATH;
        }
        return reward.getFloat(0);
    }

    private Pointer playing() {
        if (environment == null) {
            throw new IllegalStateException("start() comes first");
        }
        return environment;
    }

    @Override
    public End end() {
        return end;
    }

    @Override
    public int levelSeed() {
        return level.getInt(0);
    }

    @Override
    public void paint(byte[] frame) {
        rgb.read(0, frame, 0, FRAME_BYTES);
    }

    @Override
    public void describe(Map<String, Object> told) {
        told.put("level-seed", levelSeed());
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        Memory state = new Memory(STATE_BYTES);
        int[] length = new int[1];
        thread.run(() -> length[0] = library.getState(playing(), 0, state, STATE_BYTES));
        out.writeInt(levelSeed());
        out.writeByte(end.ordinal());
        out.writeInt(time);
        out.writeInt(length[0]);
        out.write(state.getByteArray(0, length[0]));
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        int levelSeed = in.readInt();
        End saved = End.values()[in.readByte()];
        int savedTime = in.readInt();
        byte[] state = in.readNBytes(in.readInt());
        demandOwnState(state);
        start(levelSeed);
        Memory memory = new Memory(state.length);
        memory.write(0, state, 0, state.length);
        thread.run(() -> {
            library.setState(playing(), 0, memory, state.length);
            library.libenvObserve(playing());
        });
        end = saved;
        time = savedTime;
    }

    /** The library would end the process at a state of another game. */
    private void demandOwnState(byte[] state) throws IOException {
        ByteBuffer words = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        byte[] key = name.key().getBytes(StandardCharsets.US_ASCII);
        boolean own = state.length > 2 * Integer.BYTES + key.length
                && words.getInt() == STATE_VERSION
                && words.getInt() == key.length;
        for (int i = 0; own && i < key.length; i++) {
            own = words.get() == key[i];
        }
        if (!own) {
            throw new IOException("this is not a state of the native library's " + name.key());
        }
    }

    @Override
    public void close() {
        thread.run(this::release);
    }

    private void release() {
        if (environment != null) {
            library.libenvClose(environment);
            environment = null;
        }
    }
}
