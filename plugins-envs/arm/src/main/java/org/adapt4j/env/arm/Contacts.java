package org.adapt4j.env.arm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjContact;
import org.adapt4j.env.mujoco.binding.mjData;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/** What touches what in a simulation, without a native call per number. Valid until the simulation is closed. */
public final class Contacts {

    private static final int BYTES = new mjContact((BytePointer) null).sizeof();
    private static final int DIST = mjContact.offsetof(mjContact.class, "dist");
    private static final int FRAME = mjContact.offsetof(mjContact.class, "frame");
    private static final int GEOM1 = mjContact.offsetof(mjContact.class, "geom1");
    private static final int GEOM2 = mjContact.offsetof(mjContact.class, "geom2");

    private final mjModel model;
    private final mjData data;
    private final double[] inFrame = new double[6];
    private final DoublePointer forces = new DoublePointer(6);
    private final ByteBuffer structs;
    private final IntBuffer bodyOfGeom;

    /** Of a simulation; those of its last evaluation. */
    public Contacts(Simulation simulation) {
        model = simulation.model().raw();
        data = simulation.raw();
        bodyOfGeom = model.geom_bodyid().capacity(model.ngeom()).asBuffer();
        structs = new BytePointer(data.contact())
                .capacity((long) Math.max(1, model.nconmax()) * BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /** How many there are. */
    public int count() {
        return data.ncon();
    }

    /** How far the surfaces reach into each other, metres; below zero where they are apart. */
    public double depth(int contact) {
        return -structs.getDouble(contact * BYTES + DIST);
    }

    /** What pushes the body of the other side, N in the world's axes; the body of the one side is pushed by the opposite. */
    public void force(int contact, double[] into) {
        MuJoCo.mj_contactForce(model, data, contact, forces);
        forces.get(inFrame);
        for (int axis = 0; axis < 3; axis++) {
            into[axis] = 0;
            for (int row = 0; row < 3; row++) {
                into[axis] += structs.getDouble(contact * BYTES + FRAME + 8 * (3 * row + axis)) * inFrame[row];
            }
        }
    }

    /** The body of one side. */
    public int one(int contact) {
        return bodyOfGeom.get(structs.getInt(contact * BYTES + GEOM1));
    }

    /** The body of the other side. */
    public int other(int contact) {
        return bodyOfGeom.get(structs.getInt(contact * BYTES + GEOM2));
    }
}
