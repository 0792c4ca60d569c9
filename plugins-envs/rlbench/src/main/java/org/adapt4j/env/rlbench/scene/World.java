package org.adapt4j.env.rlbench.scene;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapt4j.env.arm.Contacts;
import org.adapt4j.env.arm.Kinematics;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.arm.Rotation;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjData;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/**
 * One robot with the things of one task, in motion. Has a copy of the model of its own, as colours and constraints belong to it.
 *
 * <p>One thread at a time. Nothing is allocated in {@link #step}. Lies outside Java's heap: close it.
 */
public final class World implements AutoCloseable {

    private final Model model;
    private final mjModel constants;
    private final Simulation simulation;
    private final Robot robot;
    private final Kinematics arm;
    private final Contacts contacts;
    private final Grasp grasp;
    private final List<String> graspable;
    private final Map<String, Integer> ids = new HashMap<>();
    private final int[] parent;
    private final DoubleBuffer places;
    private final DoubleBuffer turns;
    private final DoubleBuffer sitePlaces;
    private final DoubleBuffer siteTurns;
    private final DoubleBuffer warm;
    private final DoubleBuffer qpos;
    private final DoubleBuffer qvel;
    private final FloatBuffer colours;
    private final float[] paints;
    private final BytePointer latches;
    private final byte[] latchedAtFirst;
    private final DoubleBuffer latchNumbers;
    private final int tip;
    private final int hand;
    private final int leftFinger;
    private final int rightFinger;
    private final double[] tipPlace = new double[3];
    private final double[] tipTurn = new double[4];
    private final double[] matrix = new double[9];
    private final double[] push = new double[3];

    /** Which of the graspable things is attached; -1 for none. */
    private int attached = -1;

    /** How the gripper holds things. */
    public enum Grasp {
        /** By friction between the fingers. */
        PHYSICS,
        /** By a rigid link between hand and thing, as in RLBench. */
        ATTACH
    }

    /**
     * A world in its initial state.
     *
     * @param shared is copied
     * @param objects what it was compiled from
     */
    public World(Model shared, Objects objects, Grasp grasp) {
        this.grasp = grasp;
        graspable = List.copyOf(objects.graspable());
        model = shared.copy();
        constants = model.raw();
        simulation = new Simulation(model);
        robot = new Robot(model, simulation);
        arm = new Kinematics(model, Panda.arm());
        contacts = new Contacts(simulation);
        mjData data = simulation.raw();
        int bodies = constants.nbody();
        parent = new int[bodies];
        for (int i = 0; i < bodies; i++) {
            parent[i] = constants.body_parentid().get(i);
        }
        places = data.xpos().capacity(3L * bodies).asBuffer();
        turns = data.xquat().capacity(4L * bodies).asBuffer();
        sitePlaces = data.site_xpos().capacity(3L * constants.nsite()).asBuffer();
        siteTurns = data.site_xmat().capacity(9L * constants.nsite()).asBuffer();
        warm = data.qacc_warmstart().capacity(constants.nv()).asBuffer();
        qpos = simulation.qpos();
        qvel = simulation.qvel();
        colours = constants.geom_rgba().capacity(4L * constants.ngeom()).asBuffer();
        paints = new float[4 * constants.ngeom()];
        colours.get(0, paints);
        latches = new BytePointer(constants.eq_active());
        latchedAtFirst = new byte[constants.neq()];
        latches.get(latchedAtFirst);
        latchNumbers = constants
                .eq_data()
                .capacity((long) MuJoCo.mjNEQDATA * constants.neq())
                .asBuffer();
        tip = id(MuJoCo.mjOBJ_SITE, "tip");
        hand = body("hand");
        leftFinger = body("left_finger");
        rightFinger = body("right_finger");
        reset();
    }

    private int id(int kind, String name) {
        int id = MuJoCo.mj_name2id(constants, kind, name);
        if (id < 0) {
            throw new IllegalArgumentException(model.name() + ": nothing is called '" + name + "'");
        }
        return id;
    }

    /** Number of a body, by its name. */
    public int body(String name) {
        Integer known = ids.get(name);
        if (known == null) {
            known = id(MuJoCo.mjOBJ_BODY, name);
            ids.put(name, known);
        }
        return known;
    }

    private int joint(String name) {
        return id(MuJoCo.mjOBJ_JOINT, name);
    }

    /** The simulation, for pictures. */
    public Simulation simulation() {
        return simulation;
    }

    /** The robot: what it is told, and where its joints are. */
    public Robot robot() {
        return robot;
    }

    /** The arm in a state of its own, for plans; {@link Kinematics#take} first. */
    public Kinematics arm() {
        return arm;
    }

    /** Goes back to the initial state: arm at home, gripper open, first colours, latches closed, nothing attached. */
    public void reset() {
        simulation.reset();
        colours.put(0, paints);
        latches.put(latchedAtFirst);
        attached = -1;
        robot.reset();
        simulation.forward();
    }

    /** Puts a top body somewhere: one that is fixed, or one that is free, which then is at rest. {@link #settle} makes it so. */
    public void put(String name, Pose pose) {
        int body = body(name);
        int mover = constants.body_mocapid().get(body);
        mjData data = simulation.raw();
        if (mover >= 0) {
            put(data.mocap_pos().position(0), 3L * mover, data.mocap_quat().position(0), 4L * mover, pose);
            return;
        }
        int joint = constants.body_jntadr().get(body);
        if (joint < 0 || constants.jnt_type().get(joint) != MuJoCo.mjJNT_FREE) {
            throw new IllegalArgumentException(
                    model.name() + ": '" + name + "' hangs on something, so it cannot be put");
        }
        int at = constants.jnt_qposadr().get(joint);
        double[] place = pose.position();
        double[] turn = pose.quaternion();
        for (int i = 0; i < 3; i++) {
            qpos.put(at + i, place[i]);
        }
        for (int i = 0; i < 4; i++) {
            qpos.put(at + 3 + i, turn[i]);
        }
        int moves = constants.jnt_dofadr().get(joint);
        for (int i = 0; i < 6; i++) {
            qvel.put(moves + i, 0);
        }
    }

    private static void put(DoublePointer places, long place, DoublePointer turns, long turn, Pose pose) {
        double[] position = pose.position();
        double[] quaternion = pose.quaternion();
        for (int i = 0; i < 3; i++) {
            places.put(place + i, position[i]);
        }
        for (int i = 0; i < 4; i++) {
            turns.put(turn + i, quaternion[i]);
        }
    }

    /** Sets a joint of a thing. */
    public void set(String jointName, double position) {
        qpos.put(constants.jnt_qposadr().get(joint(jointName)), position);
    }

    /** Evaluates the state after things were put. */
    public void evaluate() {
        simulation.forward();
    }

    /** Where a body is, as of the last evaluation or step. */
    public Pose pose(String name) {
        int body = body(name);
        return new Pose(
                places.get(3 * body),
                places.get(3 * body + 1),
                places.get(3 * body + 2),
                turns.get(4 * body),
                turns.get(4 * body + 1),
                turns.get(4 * body + 2),
                turns.get(4 * body + 3));
    }

    /** Where a joint of a thing is, radians or metres. */
    public double position(String jointName) {
        Integer at = ids.get("joint:" + jointName);
        if (at == null) {
            at = constants.jnt_qposadr().get(joint(jointName));
            ids.put("joint:" + jointName, at);
        }
        return qpos.get(at);
    }

    /** Writes where a body is: three numbers, then the quaternion with {@code w} last, as RLBench has it. */
    public void writePose(String name, double[] into, int at) {
        int body = body(name);
        places.get(3 * body, into, at, 3);
        turns.get(4 * body + 1, into, at + 3, 3);
        into[at + 6] = turns.get(4 * body);
    }

    /** Writes the place of a body: three numbers. */
    public void writePlace(String name, double[] into, int at) {
        places.get(3 * body(name), into, at, 3);
    }

    /** Writes where the point between the finger tips is, as {@link #writePose}. */
    public void writeTip(double[] into, int at) {
        sitePlaces.get(3 * tip, into, at, 3);
        siteTurns.get(9 * tip, matrix, 0, 9);
        Rotation.ofMatrix(matrix, tipTurn);
        System.arraycopy(tipTurn, 1, into, at + 3, 3);
        into[at + 6] = tipTurn[0];
    }

    /** Writes what pushes each finger, N in the world's axes: three numbers for the left one, then for the right one. */
    public void writeTouch(double[] into) {
        Arrays.fill(into, 0);
        for (int i = 0; i < contacts.count(); i++) {
            int one = contacts.one(i);
            int other = contacts.other(i);
            boolean isOne = one == leftFinger || one == rightFinger;
            boolean isOther = other == leftFinger || other == rightFinger;
            if (isOne == isOther) {
                continue; // none of them, or the fingers press on each other
            }
            contacts.force(i, push);
            int at = (isOne ? one : other) == leftFinger ? 0 : 3;
            for (int axis = 0; axis < 3; axis++) {
                into[at + axis] += isOther ? push[axis] : -push[axis];
            }
        }
    }

    /** Where the point between the finger tips is. */
    public Pose tip() {
        sitePlaces.get(3 * tip, tipPlace, 0, 3);
        siteTurns.get(9 * tip, matrix, 0, 9);
        Rotation.ofMatrix(matrix, tipTurn);
        return Pose.of(tipPlace, tipTurn);
    }

    /** Gives all shapes of a body one of RLBench's colours. */
    public void paint(String name, int colour) {
        int body = body(name);
        for (int geom = 0; geom < constants.ngeom(); geom++) {
            if (constants.geom_bodyid().get(geom) == body) {
                paint(geom, Colours.rgb(colour));
            }
        }
    }

    /** Gives a named shape a colour. */
    public void paintShape(String name, double red, double green, double blue) {
        paint(id(MuJoCo.mjOBJ_GEOM, name), new double[] {red, green, blue});
    }

    private void paint(int geom, double[] rgb) {
        for (int i = 0; i < 3; i++) {
            colours.put(4 * geom + i, (float) rgb[i]);
        }
    }

    /** Whether a latched joint is held at 0. */
    public void latch(String jointName, boolean closed) {
        latches.put(id(MuJoCo.mjOBJ_EQUALITY, "latch_" + jointName), (byte) (closed ? 1 : 0));
    }

    /**
     * Takes a step of the physics, 2 ms. The arm carries its own weight.
     *
     * @return false if the simulation diverged
     */
    public boolean step() {
        robot.carry();
        return simulation.step(1);
    }

    /** Takes some steps of RLBench, 0.05 s each, and evaluates where things are then. @return false if the simulation diverged */
    public boolean settle(int steps) {
        for (int i = 0; i < steps * Panda.SUBSTEPS; i++) {
            if (!step()) {
                return false;
            }
        }
        simulation.forward();
        return true;
    }

    /** Number of seconds since the last reset. */
    public double seconds() {
        return simulation.time();
    }

    private boolean belongs(int body, int to) {
        int at = body;
        while (at != to && at > 0) {
            at = parent[at];
        }
        return at == to;
    }

    /** Whether a thing, or a part of it, is between both fingers: they touch it. */
    public boolean between(int thing) {
        boolean left = false;
        boolean right = false;
        for (int i = 0; i < contacts.count(); i++) {
            int one = contacts.one(i);
            int other = contacts.other(i);
            int finger = belongs(one, thing) ? other : belongs(other, thing) ? one : -1;
            left |= finger == leftFinger;
            right |= finger == rightFinger;
        }
        return left && right;
    }

    /** Whether the gripper holds a thing: both fingers touch it and are told to close, or it is attached. */
    public boolean isGrasped(String name) {
        return grasp == Grasp.ATTACH && graspable.contains(name)
                ? attached >= 0 && graspable.get(attached).equals(name)
                : robot.isClosing() && between(body(name));
    }

    /** Whether the gripper holds any of the things that can be carried. */
    public boolean isAnythingGrasped() {
        for (int i = 0; i < graspable.size(); i++) {
            if (isGrasped(graspable.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** After the fingers closed: where things are attached, the first one that both touch is. */
    public void attach() {
        if (grasp != Grasp.ATTACH || attached >= 0) {
            return;
        }
        for (int i = 0; i < graspable.size(); i++) {
            int body = body(graspable.get(i));
            if (between(body)) {
                Pose relative = pose("hand").inverse().times(pose(graspable.get(i)));
                int weld = id(MuJoCo.mjOBJ_EQUALITY, "hold_" + graspable.get(i));
                int at = MuJoCo.mjNEQDATA * weld;
                double[] numbers = {
                    0,
                    0,
                    0,
                    relative.x(),
                    relative.y(),
                    relative.z(),
                    relative.qw(),
                    relative.qx(),
                    relative.qy(),
                    relative.qz(),
                    1
                };
                latchNumbers.put(at, numbers);
                latches.put(weld, (byte) 1);
                attached = i;
                return;
            }
        }
    }

    /** Before the fingers open: nothing is attached any more. */
    public void detach() {
        if (attached >= 0) {
            latches.put(id(MuJoCo.mjOBJ_EQUALITY, "hold_" + graspable.get(attached)), (byte) 0);
            attached = -1;
        }
    }

    /**
     * Whether two things that the layout put reach into each other, or one into the robot.
     *
     * @param deepest metres that do not count
     */
    public boolean overlaps(double deepest) {
        for (int i = 0; i < contacts.count(); i++) {
            if (contacts.depth(i) > deepest) {
                return true;
            }
        }
        return false;
    }

    /** Makes plans not mind what the robot touches now, as RLBench does: it could not move away from it otherwise. */
    public void ignoreTouched() {
        arm.ignoreNothing();
        for (int i = 0; i < contacts.count(); i++) {
            int one = contacts.one(i);
            int other = contacts.other(i);
            boolean robotOne = belongs(one, hand);
            boolean robotOther = belongs(other, hand);
            if (robotOne != robotOther) {
                arm.ignore(robotOne ? other : one, true);
            }
        }
    }

    /** Writes everything that decides later steps and pictures. */
    public void save(DataOutputStream out) throws IOException {
        simulation.save(out);
        for (int i = 0; i < paints.length; i++) {
            out.writeFloat(colours.get(i));
        }
        for (int i = 0; i < latchedAtFirst.length; i++) {
            out.writeByte(latches.get(i));
        }
        for (int i = 0; i < latchNumbers.limit(); i++) {
            out.writeDouble(latchNumbers.get(i));
        }
        out.writeInt(attached);
        robot.save(out);
    }

    /** Takes over what {@link #save} wrote for the same task. */
    public void load(DataInputStream in) throws IOException {
        simulation.load(in);
        for (int i = 0; i < paints.length; i++) {
            colours.put(i, in.readFloat());
        }
        for (int i = 0; i < latchedAtFirst.length; i++) {
            latches.put(i, in.readByte());
        }
        for (int i = 0; i < latchNumbers.limit(); i++) {
            latchNumbers.put(i, in.readDouble());
        }
        attached = in.readInt();
        robot.load(in);
        double[] start = new double[warm.limit()];
        warm.get(0, start);
        simulation.forward();
        warm.put(0, start); // evaluating improved on it, and the last bits of the next step come from it
    }

    /** Frees the memory. */
    @Override
    public void close() {
        arm.close();
        simulation.close();
        model.close();
    }
}
