package org.adapt4j.env.rlbench.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays RLBench in a simulator of its own. A simulator that dies or hangs cuts the episode off and is replaced at the next one, so many
 * times as the settings allow. CoppeliaSim is not deterministic, seeds or no seeds, so neither are episodes; one that was saved cannot be
 * taken up again and begins anew.
 */
final class BridgeSlot implements Slot {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeSlot.class);
    private static final float[] NOTHING = {};

    /** How long the server may take to say that it is there. */
    private static final double PING_SECONDS = 10;

    private final BridgeSettings settings;
    private final Wishes wishes;
    private final Function<Task, float[]> told;
    private final int slot;
    private final RandomGenerator random;
    private final List<Sight> sights = new ArrayList<>();
    private final Map<String, Long> invalid = new TreeMap<>();
    private final float[] numbers;
    private float[] which = {};

    private @Nullable Simulator simulator;
    private String task = "";
    private int restarts;
    private String instruction = "";
    private boolean done;
    private String reason = "";
    private Ending ending = Ending.NONE;

    BridgeSlot(BridgeSettings settings, Wishes wishes, Function<Task, float[]> told, int slot, RandomGenerator random) {
        this.settings = settings;
        this.wishes = wishes;
        this.told = told;
        this.slot = slot;
        this.random = random;
        numbers = new float[wishes.action().width()];
        for (Component component : wishes.components()) {
            sights.add(new Sight(component));
        }
    }

    @Override
    public void begin(Task next) {
        done = false;
        reason = "";
        ending = Ending.NONE;
        which = told.apply(next);
        while (true) {
            try {
                reset(next);
                return;
            } catch (BridgeException e) {
                lose(e);
            }
        }
    }

    private void reset(Task next) {
        Connection connection = ready().connection();
        connection.ask(Connection.request("ping"), NOTHING, "pong", PING_SECONDS);
        String name = next.attribute("task");
        int variation = Integer.parseInt(next.attribute("variation"));
        if (!name.equals(task)) {
            Message answer = connection.ask(
                    Connection.request("task").put("name", name), NOTHING, "task", settings.resetSeconds());
            int count = answer.whole("variations");
            if (variation >= count) {
                throw new BridgeException(
                        Kind.REFUSED,
                        next.name() + " is out of range: RLBench's " + name + " has " + count + " variations");
            }
            task = name;
        }
        // numpy takes seeds of 32 bits.
        ObjectNode request =
                Connection.request("reset").put("variation", variation).put("seed", random.nextLong(1L << 32));
        Message seen = connection.ask(request, NOTHING, "observation", settings.resetSeconds());
        JsonNode first = seen.header().path("instructions").path(0);
        instruction = first.asText();
        look(seen);
    }

    private Simulator ready() {
        if (simulator == null) {
            simulator = Simulator.reach(settings, slot);
            wishes.tell(simulator.connection(), settings);
        }
        return simulator;
    }

    private void look(Message seen) {
        for (Sight sight : sights) {
            if (sight.name().equals(Wishes.TASK)) {
                sight.take(which);
            } else {
                sight.take(seen);
            }
        }
    }

    /** Gives the simulator up. @throws BridgeException the one that is given, if another simulator would not help or none is left */
    private void lose(BridgeException failure) {
        RuntimeException explained = simulator == null ? failure : simulator.explained(failure);
        drop();
        if (!failure.mayPass()) {
            throw explained;
        }
        if (restarts >= settings.restarts()) {
            throw new BridgeException(
                    failure.kind(),
                    explained.getMessage() + ". That was simulator " + (restarts + 1) + " of slot " + slot
                            + ", and bridge.restarts = " + settings.restarts(),
                    failure);
        }
        restarts++;
        LOG.warn("{}; another simulator is started ({} of {})", explained.getMessage(), restarts, settings.restarts());
    }

    private void drop() {
        task = "";
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }

    @Override
    public double step(Action action) {
        double unit = unit(wishes.action());
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (i < numbers.length - 1 ? unit * action.at(i) : gripper(action.at(i)));
        }
        if (simulator == null) {
            throw new IllegalStateException("no episode was begun");
        }
        try {
            return judge(
                    simulator.connection().ask(Connection.request("step"), numbers, "outcome", settings.stepSeconds()));
        } catch (BridgeException e) {
            lose(e);
            reason = "simulator-" + e.kind().name().toLowerCase(Locale.ROOT);
            invalid.merge(reason, 1L, Long::sum);
            ending = Ending.TRUNCATED;
            return 0;
        }
    }

    /** By what RLBench's changes of joints are larger than ours. */
    private static double unit(ActionMode mode) {
        return !mode.absolute() && mode.arm() == ActionMode.Arm.JOINT_POSITION ? mode.delta() : 1;
    }

    /** RLBench takes openings from 0 on. */
    private double gripper(float number) {
        double most = wishes.action().gripper() == ActionMode.Gripper.CONTINUOUS ? 0.04 : 1;
        return Math.max(0, Math.min(most, number));
    }

    private double judge(Message outcome) {
        Message info = outcome.part("info");
        String error = info.text("error");
        if (!error.equals("none")) {
            reason = error;
            invalid.merge(error, 1L, Long::sum);
            ending = wishes.endsWhenInvalid() ? Ending.TERMINATED : Ending.NONE;
            return wishes.invalidReward();
        }
        look(outcome);
        double told = outcome.number("reward");
        done = info.flag("success");
        boolean over = outcome.flag("terminate");
        ending = done || over ? Ending.TERMINATED : Ending.NONE;
        reason = done ? "success" : over ? "failure" : "";
        double earned = done ? wishes.reward() : 0;
        return wishes.shaped() && !done ? earned + wishes.shapedReward() * Math.max(-1, told) : earned;
    }

    @Override
    public Ending ending() {
        return ending;
    }

    @Override
    public void abandon() {
        done = false;
        reason = "";
        ending = Ending.NONE;
    }

    @Override
    public void write(Observation into) {
        for (int i = 0; i < sights.size(); i++) {
            sights.get(i).write(into, i);
        }
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("task", task);
        facts.put("instruction", instruction);
        facts.put("step", step);
        facts.put("success", done);
        facts.put("reason", reason);
        facts.put("invalid-actions", new TreeMap<>(invalid));
        facts.put("simulators", restarts + 1);
    }

    /** What the camera of films saw, if it is one of those that are observed. */
    @Override
    public Optional<Picture> picture() {
        for (int i = 0; i < sights.size(); i++) {
            if (sights.get(i).name().equals(wishes.film() + "_rgb")
                    && sights.get(i).isRgb()) {
                List<Integer> shape = Wishes.box(wishes.components().get(i)).shape();
                return Optional.of(new Picture(
                        shape.get(1),
                        shape.get(0),
                        ByteBuffer.wrap(sights.get(i).copy())));
            }
        }
        return Optional.empty();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(restarts);
    }

    @Override
    public void load(Task next, DataInputStream in) throws IOException {
        restarts = in.readInt();
        begin(next);
    }

    @Override
    public void close() {
        drop();
    }
}
