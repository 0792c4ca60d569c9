package org.adapt4j.env.arm;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjData;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.bytedeco.javacpp.DoublePointer;

/**
 * An arm in a state of its own: where its tip is, how it moves with the joints, and what it would touch. Nothing here moves the simulation
 * that {@link #take} copied.
 *
 * <p>One thread at a time. Lies outside Java's heap: close it before the model.
 */
public final class Kinematics implements AutoCloseable {

    /** Deeper contacts are collisions, metres: what rests on something reaches into it by less. */
    private static final double DEPTH = 0.002;

    private final mjModel model;
    private final Simulation scratch;
    private final mjData data;
    private final int joints;
    private final int tip;
    private final int[] positionAt;
    private final int[] velocityAt;
    private final double[] lowest;
    private final double[] highest;
    private final double[] home;

    /** By body: whether it is a part of the robot. */
    private final boolean[] robot;

    /** By body: the last one before the world, to which all that hangs together belongs. */
    private final int[] rootOf;

    /** By root body: whether contacts with it are no collisions. */
    private final boolean[] ignored;

    private final DoubleBuffer sitePlaces;
    private final DoubleBuffer siteTurns;
    private final DoublePointer translation;
    private final DoublePointer rotation;
    private final DoubleBuffer translations;
    private final DoubleBuffer rotations;
    private final Contacts contacts;
    private final double[] matrix = new double[9];
    private final double[] place = new double[3];
    private final double[] turn = new double[4];
    private final double[] point = new double[3];
    private final double[] orientation = new double[4];

    private int held = -1;
    private int heldAt;
    private final double[] heldPlace = new double[3];
    private final double[] heldTurn = new double[4];

    /**
     * An arm of a model, in the model's initial state.
     *
     * @throws IllegalArgumentException if the model lacks the body, a joint or the site
     */
    public Kinematics(Model model, ArmDescription arm) {
        this.model = model.raw();
        joints = arm.joints().size();
        tip = id(MuJoCo.mjOBJ_SITE, "site", arm.tip());
        positionAt = new int[joints];
        velocityAt = new int[joints];
        lowest = new double[joints];
        highest = new double[joints];
        home = arm.home().stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 0; i < joints; i++) {
            int joint = id(MuJoCo.mjOBJ_JOINT, "joint", arm.joints().get(i));
            positionAt[i] = this.model.jnt_qposadr().get(joint);
            velocityAt[i] = this.model.jnt_dofadr().get(joint);
            lowest[i] = this.model.jnt_range().get(2L * joint);
            highest[i] = this.model.jnt_range().get(2L * joint + 1);
        }
        int bodies = this.model.nbody();
        robot = new boolean[bodies];
        rootOf = new int[bodies];
        ignored = new boolean[bodies];
        int root = id(MuJoCo.mjOBJ_BODY, "body", arm.root());
        for (int body = 1; body < bodies; body++) {
            int parent = this.model.body_parentid().get(body);
            robot[body] = body == root || robot[parent];
            rootOf[body] = parent == 0 ? body : rootOf[parent];
        }
        scratch = new Simulation(model);
        data = scratch.raw();
        sitePlaces = view(data.site_xpos(), 3 * this.model.nsite());
        siteTurns = view(data.site_xmat(), 9 * this.model.nsite());
        int velocities = this.model.nv();
        translation = new DoublePointer(3L * velocities);
        rotation = new DoublePointer(3L * velocities);
        translations = view(translation, 3 * velocities);
        rotations = view(rotation, 3 * velocities);
        contacts = new Contacts(scratch);
    }

    private static DoubleBuffer view(DoublePointer pointer, int count) {
        return pointer.capacity(count).asBuffer();
    }

    private int id(int kind, String word, String name) {
        int id = MuJoCo.mj_name2id(model, kind, name);
        if (id < 0) {
            throw new IllegalArgumentException("the model has no " + word + " '" + name + "'");
        }
        return id;
    }

    /** Number of joints of the arm. */
    public int joints() {
        return joints;
    }

    /** Lowest position of a joint, radians or metres. */
    public double lowest(int joint) {
        return lowest[joint];
    }

    /** Highest position of a joint. */
    public double highest(int joint) {
        return highest[joint];
    }

    /** The position that redundant solutions are drawn to. */
    public double home(int joint) {
        return home[joint];
    }

    /** Copies the whole state of a simulation of the same model. */
    public void take(Simulation world) {
        scratch.qpos().put(0, world.qpos(), 0, model.nq());
        int movers = model.nmocap();
        if (movers > 0) {
            mjData from = world.raw();
            for (int i = 0; i < 3 * movers; i++) {
                data.mocap_pos().put(i, from.mocap_pos().get(i));
            }
            for (int i = 0; i < 4 * movers; i++) {
                data.mocap_quat().put(i, from.mocap_quat().get(i));
            }
        }
    }

    /** Copies the arm's joint positions out of a simulation. */
    public void read(Simulation world, double[] q) {
        for (int i = 0; i < joints; i++) {
            q[i] = world.qpos().get(positionAt[i]);
        }
    }

    /** Moves the arm here. */
    public void place(double[] q) {
        DoubleBuffer qpos = scratch.qpos();
        for (int i = 0; i < joints; i++) {
            qpos.put(positionAt[i], q[i]);
        }
        MuJoCo.mj_kinematics(model, data);
    }

    /** Where the tip is after {@link #place}. */
    public void tip(double[] position, double[] quaternion) {
        sitePlaces.get(3 * tip, position, 0, 3);
        siteTurns.get(9 * tip, matrix, 0, 9);
        Rotation.ofMatrix(matrix, quaternion);
    }

    /** Where the tip is with these joint positions. */
    public Pose tip(double[] q) {
        place(q);
        double[] position = new double[3];
        double[] quaternion = new double[4];
        tip(position, quaternion);
        return Pose.of(position, quaternion);
    }

    /**
     * How the tip moves with the joints after {@link #place}.
     *
     * @param jacobian 6 rows of {@link #joints} numbers: velocity of the place, then angular velocity, in the world
     */
    void jacobian(double[][] jacobian) {
        MuJoCo.mj_comPos(model, data);
        MuJoCo.mj_jacSite(model, data, translation, rotation, tip);
        int velocities = model.nv();
        for (int row = 0; row < 3; row++) {
            for (int joint = 0; joint < joints; joint++) {
                int at = row * velocities + velocityAt[joint];
                jacobian[row][joint] = translations.get(at);
                jacobian[row + 3][joint] = rotations.get(at);
            }
        }
    }

    /**
     * From now on a body is held: it goes along with the tip as it does in the simulation now, it may touch the robot, and it must not touch
     * anything else. Bodies that do not float freely go along with nothing.
     *
     * @param body any body of what is held
     */
    public void hold(Simulation world, int body) {
        int root = rootOf[body];
        mjData from = world.raw();
        int joint = model.body_jntadr().get(root);
        if (joint < 0 || model.jnt_type().get(joint) != MuJoCo.mjJNT_FREE) {
            held = -1;
            return;
        }
        held = root;
        heldAt = model.jnt_qposadr().get(joint);
        for (int i = 0; i < 3; i++) {
            point[i] = from.xpos().get(3L * root + i) - from.site_xpos().get(3L * tip + i);
        }
        for (int i = 0; i < 9; i++) {
            matrix[i] = from.site_xmat().get(9L * tip + i);
        }
        for (int i = 0; i < 4; i++) {
            orientation[i] = from.xquat().get(4L * root + i);
        }
        Rotation.ofMatrix(matrix, turn);
        for (int i = 1; i < 4; i++) {
            turn[i] = -turn[i];
        }
        Rotation.turn(turn, point, heldPlace);
        Rotation.multiply(turn, orientation, heldTurn);
    }

    /** Nothing is held any more. */
    public void release() {
        held = -1;
    }

    /** Whether contacts of the robot with a body, and all that hangs together with it, are no collisions. */
    public void ignore(int body, boolean ignore) {
        ignored[rootOf[body]] = ignore;
    }

    /** All contacts count again. */
    public void ignoreNothing() {
        Arrays.fill(ignored, false);
    }

    /** Whether the arm would reach into something with these joint positions, or what it holds would. */
    public boolean collides(double[] q) {
        place(q);
        if (held >= 0) {
            carry();
        }
        MuJoCo.mj_collision(model, data);
        for (int i = 0; i < contacts.count(); i++) {
            if (contacts.depth(i) > DEPTH && counts(contacts.one(i), contacts.other(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(int one, int other) {
        boolean heldOne = held >= 0 && rootOf[one] == held;
        boolean heldOther = held >= 0 && rootOf[other] == held;
        boolean moves = robot[one] || robot[other] || heldOne || heldOther;
        boolean grip = (heldOne || robot[one]) && (heldOther || robot[other]) && (heldOne || heldOther);
        return moves && !grip && !ignored[rootOf[one]] && !ignored[rootOf[other]];
    }

    private void carry() {
        tip(place, turn);
        Rotation.turn(turn, heldPlace, point);
        Rotation.multiply(turn, heldTurn, orientation);
        DoubleBuffer qpos = scratch.qpos();
        for (int i = 0; i < 3; i++) {
            qpos.put(heldAt + i, place[i] + point[i]);
        }
        for (int i = 0; i < 4; i++) {
            qpos.put(heldAt + 3 + i, orientation[i]);
        }
        MuJoCo.mj_kinematics(model, data);
    }

    /** Frees the memory. A second call does nothing. */
    @Override
    public void close() {
        translation.deallocate();
        rotation.deallocate();
        scratch.close();
    }
}
