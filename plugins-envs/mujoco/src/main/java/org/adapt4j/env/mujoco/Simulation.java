package org.adapt4j.env.mujoco;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjData;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.jspecify.annotations.Nullable;

/**
 * A model in motion: positions, velocities and controls as views on MuJoCo's own memory, and the steps that change them.
 *
 * <p>One thread at a time. Nothing is allocated per step. Lies outside Java's heap: close it before its model; views must not
 * be used after that.
 */
public final class Simulation implements AutoCloseable {

    private final Model model;
    private final mjModel constants;
    private final DoubleBuffer qpos;
    private final DoubleBuffer qvel;
    private final DoubleBuffer ctrl;
    private final List<DoubleBuffer> state;
    private @Nullable mjData data;

    /** A simulation in the model's initial state, not yet evaluated: see {@link #forward}. */
    public Simulation(Model model) {
        this.model = model;
        constants = model.raw();
        mjData made = MuJoCo.mj_makeData(constants);
        if (made == null || made.isNull()) {
            throw new PhysicsException("no memory for a simulation of " + model.name());
        }
        data = made;
        int dofs = constants.nv();
        qpos = Model.doubles(made.qpos(), constants.nq());
        qvel = Model.doubles(made.qvel(), dofs);
        ctrl = Model.doubles(made.ctrl(), constants.nu());
        // Everything that a step reads and did not compute itself; the warm start decides the last bits.
        state = List.of(
                qpos,
                qvel,
                ctrl,
                Model.doubles(made.act(), constants.na()),
                Model.doubles(made.qacc_warmstart(), dofs),
                Model.doubles(made.qfrc_applied(), dofs),
                Model.doubles(made.xfrc_applied(), 6 * constants.nbody()),
                Model.doubles(made.mocap_pos(), 3 * constants.nmocap()),
                Model.doubles(made.mocap_quat(), 4 * constants.nmocap()),
                Model.doubles(made.userdata(), constants.nuserdata()));
    }

    /** What is simulated. */
    public Model model() {
        return model;
    }

    /** The struct itself, for what this class does not offer. */
    public mjData raw() {
        if (data == null) {
            throw new IllegalStateException("the simulation of " + model.name() + " is closed");
        }
        return data;
    }

    /** Positions, to read and write. */
    public DoubleBuffer qpos() {
        return qpos;
    }

    /** Velocities, to read and write. */
    public DoubleBuffer qvel() {
        return qvel;
    }

    /** Controls, to write. */
    public DoubleBuffer ctrl() {
        return ctrl;
    }

    /** Seconds since the last {@link #reset}. */
    public double time() {
        return raw().time();
    }

    /** Contacts at the last evaluation. */
    public int contacts() {
        return raw().ncon();
    }

    /** Goes back to the model's initial state, warm start and all, so that equal steps give equal bits. */
    public void reset() {
        MuJoCo.mj_resetData(constants, raw());
    }

    /** Computes everything that follows from positions, velocities and controls, without moving on. */
    public void forward() {
        mjData open = raw();
        try {
            MuJoCo.mj_forward(constants, open);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Computes where bodies, geoms and cameras are, for pictures. Does not touch what later steps read. */
    public void placeBodies() {
        MuJoCo.mj_kinematics(constants, raw());
        MuJoCo.mj_camlight(constants, raw());
    }

    /** Height of the lowest point of all spheres and capsules that belong to a body, metres. */
    public double lowestPoint() {
        placeBodies();
        int count = constants.ngeom();
        IntBuffer kinds = Model.ints(constants.geom_type(), count);
        IntBuffer bodies = Model.ints(constants.geom_bodyid(), count);
        DoubleBuffer sizes = Model.doubles(constants.geom_size(), 3 * count);
        DoubleBuffer places = Model.doubles(raw().geom_xpos(), 3 * count);
        DoubleBuffer turns = Model.doubles(raw().geom_xmat(), 9 * count);
        double lowest = Double.POSITIVE_INFINITY;
        for (int geom = 0; geom < count; geom++) {
            boolean capsule = kinds.get(geom) == MuJoCo.mjGEOM_CAPSULE;
            if (bodies.get(geom) == 0 || (!capsule && kinds.get(geom) != MuJoCo.mjGEOM_SPHERE)) {
                continue;
            }
            double rise = capsule ? Math.abs(sizes.get(3 * geom + 1) * turns.get(9 * geom + 8)) : 0;
            lowest = Math.min(lowest, places.get(3 * geom + 2) - rise - sizes.get(3 * geom));
        }
        return lowest;
    }

    /**
     * Moves on by some steps, in one native call.
     *
     * @return false if the simulation diverged: numbers became huge or not a number, and MuJoCo started again from the
     *     initial state. The present state means nothing then; {@link #reset} makes it good
     * @throws PhysicsException if MuJoCo reports an error, such as a full stack; {@link #reset} makes the state good
     */
    public boolean step(int steps) {
        mjData open = raw();
        try {
            return MuJoCo.a4j_step(constants, open, steps);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private PhysicsException failed(RuntimeException cause) {
        return new PhysicsException("MuJoCo: " + cause.getMessage() + " (model " + model.name() + ")", cause);
    }

    /** Writes everything that decides later steps, to the last bit. */
    public void save(DataOutputStream out) throws IOException {
        out.writeDouble(raw().time());
        for (DoubleBuffer numbers : state) {
            for (int i = 0; i < numbers.limit(); i++) {
                out.writeDouble(numbers.get(i));
            }
        }
    }

    /** Takes over a state that a simulation of the same model wrote. */
    public void load(DataInputStream in) throws IOException {
        reset();
        raw().time(in.readDouble());
        for (DoubleBuffer numbers : state) {
            for (int i = 0; i < numbers.limit(); i++) {
                numbers.put(i, in.readDouble());
            }
        }
    }

    /** Frees the memory. A second call does nothing. */
    @Override
    public void close() {
        if (data != null) {
            MuJoCo.mj_deleteData(data);
            data = null;
        }
    }
}
