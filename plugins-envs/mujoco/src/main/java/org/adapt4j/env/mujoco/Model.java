package org.adapt4j.env.mujoco;

import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compiled model: bodies, joints, geoms and actuators with their constants. Any number of {@link Simulation}s may run on it,
 * in any threads, as long as nobody changes it.
 *
 * <p>Lies outside Java's heap: close it, after the simulations on it.
 */
public final class Model implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Model.class);
    private static final int MESSAGE_BYTES = 2000;

    /** Name of a text among the files that it refers to. */
    private static final String TEXT = "adapt4j-model.xml";

    /** MuJoCo's compiler keeps the last model it read. */
    private static final Object COMPILER = new Object();

    private final String name;

    /** Kept, because MuJoCo's own is behind a struct that every look at it would make an object of. */
    private final double timestep;

    private @Nullable mjModel model;

    private Model(String name, mjModel model) {
        this.name = name;
        this.model = model;
        timestep = model.opt().timestep();
    }

    /** The version of MuJoCo that is used. Loads the library at the first call. */
    public static MujocoVersion version() {
        return Library.version();
    }

    /**
     * Compiles a model.
     *
     * @param name for messages
     * @param xml in MJCF or URDF, without references to other files
     * @throws ModelException if MuJoCo refuses it, or it holds numbers that are not finite
     */
    public static Model parse(String name, String xml) {
        return parse(name, "", xml);
    }

    /**
     * Compiles a model from a text.
     *
     * @param name for messages
     * @param folder where files that the text refers to are looked for
     * @param xml in MJCF or URDF
     * @throws ModelException if MuJoCo refuses it, or it holds numbers that are not finite
     */
    public static Model parse(String name, Path folder, String xml) {
        return parse(name, folder.toAbsolutePath() + "/", xml);
    }

    private static Model parse(String name, String folder, String xml) {
        version();
        byte[] text = xml.getBytes(StandardCharsets.UTF_8);
        try (BytePointer message = new BytePointer(MESSAGE_BYTES);
                BytePointer file = new BytePointer(folder + TEXT);
                BytePointer content = new BytePointer(text)) {
            return compiled(name, () -> MuJoCo.a4j_parse(file, content, text.length, message, MESSAGE_BYTES), message);
        }
    }

    /**
     * Compiles a model from a file; what the file refers to is looked for beside it.
     *
     * @throws ModelException if there is no such file, MuJoCo refuses it, or it holds numbers that are not finite
     */
    public static Model load(Path xml) {
        version();
        if (!Files.isRegularFile(xml)) {
            throw new ModelException(xml + ": there is no such file");
        }
        try (BytePointer message = new BytePointer(MESSAGE_BYTES);
                BytePointer file = new BytePointer(xml.toString())) {
            return compiled(xml.toString(), () -> MuJoCo.mj_loadXML(file, null, message, MESSAGE_BYTES), message);
        }
    }

    private static Model compiled(String name, Supplier<@Nullable mjModel> compiler, BytePointer message) {
        message.putString("");
        mjModel model;
        try {
            synchronized (COMPILER) {
                model = compiler.get();
            }
        } catch (RuntimeException e) {
            throw new ModelException(name + ": " + e.getMessage());
        }
        // MuJoCo's messages span lines: what is wrong, then where.
        String said = message.getString().strip().replaceAll("\\s+", " ");
        if (model == null || model.isNull()) {
            throw new ModelException(name + ": " + (said.isEmpty() ? "MuJoCo gives no reason" : said));
        }
        if (!said.isEmpty()) {
            LOG.warn("{}: {}", name, said);
        }
        @Nullable BytePointer infinite = MuJoCo.a4j_notFinite(model);
        if (infinite != null) {
            String array = infinite.getString();
            MuJoCo.mj_deleteModel(model);
            throw new ModelException(name + ": the compiled model's " + array
                    + " has a number that is not finite. Look for nan, inf and masses of nothing in the XML");
        }
        return new Model(name, model);
    }

    /** A copy, to be changed and closed apart from this one: colours, which constraints hold, …. */
    public Model copy() {
        mjModel made = MuJoCo.mj_copyModel(null, raw());
        if (made == null || made.isNull()) {
            throw new PhysicsException("no memory for a copy of " + name);
        }
        return new Model(name, made);
    }

    /** Name for messages. */
    public String name() {
        return name;
    }

    /** The struct itself, for what this class does not offer. */
    public mjModel raw() {
        if (model == null) {
            throw new IllegalStateException("the model " + name + " is closed");
        }
        return model;
    }

    /** Numbers in a position. */
    public int positions() {
        return raw().nq();
    }

    /** Numbers in a velocity: degrees of freedom. */
    public int velocities() {
        return raw().nv();
    }

    /** Numbers in a control. */
    public int controls() {
        return raw().nu();
    }

    /** Seconds of a step. */
    public double timestep() {
        return timestep;
    }

    /** Mass of all bodies, kg. */
    public double mass() {
        DoubleBuffer masses = doubles(raw().body_mass(), raw().nbody());
        double sum = 0;
        for (int body = 0; body < masses.limit(); body++) {
            sum += masses.get(body);
        }
        return sum;
    }

    /** Names of the joints in the order of their positions; empty for a nameless one. */
    public List<String> joints() {
        return names(MuJoCo.mjOBJ_JOINT, raw().njnt());
    }

    /** Names of the bodies; the first is the world. */
    public List<String> bodies() {
        return names(MuJoCo.mjOBJ_BODY, raw().nbody());
    }

    /** Names of the geoms; empty for a nameless one. */
    public List<String> geoms() {
        return names(MuJoCo.mjOBJ_GEOM, raw().ngeom());
    }

    /** Names of the joints that the actuators drive, in the order of the controls; empty for one that drives something else. */
    public List<String> drivenJoints() {
        IntBuffer kinds = ints(raw().actuator_trntype(), raw().nu());
        IntBuffer ids = ints(raw().actuator_trnid(), 2 * raw().nu());
        List<String> joints = joints();
        List<String> driven = new ArrayList<>();
        for (int i = 0; i < raw().nu(); i++) {
            driven.add(kinds.get(i) == MuJoCo.mjTRN_JOINT ? joints.get(ids.get(2 * i)) : "");
        }
        return driven;
    }

    private List<String> names(int kind, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            @Nullable BytePointer text = MuJoCo.mj_id2name(raw(), kind, i);
            names.add(text == null ? "" : text.getString());
        }
        return names;
    }

    /** A view on numbers of a model or of a simulation; valid until that is closed. */
    public static DoubleBuffer doubles(DoublePointer pointer, int count) {
        return count == 0 ? DoubleBuffer.allocate(0) : pointer.capacity(count).asBuffer();
    }

    /** A view on numbers of a model or of a simulation; valid until that is closed. */
    public static IntBuffer ints(IntPointer pointer, int count) {
        return count == 0 ? IntBuffer.allocate(0) : pointer.capacity(count).asBuffer();
    }

    /** Frees the memory. A second call does nothing. */
    @Override
    public void close() {
        if (model != null) {
            MuJoCo.mj_deleteModel(model);
            model = null;
        }
    }
}
