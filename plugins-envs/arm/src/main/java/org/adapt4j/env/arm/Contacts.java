package org.adapt4j.env.arm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.binding.mjContact;
import org.adapt4j.env.mujoco.binding.mjData;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.bytedeco.javacpp.BytePointer;

/** What touches what in a simulation, without a native call per number. Valid until the simulation is closed. */
public final class Contacts {

    private static final int BYTES = new mjContact((BytePointer) null).sizeof();
    private static final int DIST = mjContact.offsetof(mjContact.class, "dist");
    private static final int GEOM1 = mjContact.offsetof(mjContact.class, "geom1");
    private static final int GEOM2 = mjContact.offsetof(mjContact.class, "geom2");

    private final mjData data;
    private final ByteBuffer structs;
    private final IntBuffer bodyOfGeom;

    /** Of a simulation; those of its last evaluation. */
    public Contacts(Simulation simulation) {
        mjModel model = simulation.model().raw();
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

    /** The body of one side. */
    public int one(int contact) {
        return bodyOfGeom.get(structs.getInt(contact * BYTES + GEOM1));
    }

    /** The body of the other side. */
    public int other(int contact) {
        return bodyOfGeom.get(structs.getInt(contact * BYTES + GEOM2));
    }
}
