package org.adapt4j.toolkit.environment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBuffers;

/** Where one slot writes what it sees: its row of each component, by the component's position in the {@code EnvironmentSpec}. */
public final class Observation {

    private final int[] bytes;
    private final ByteBuffer[] columns;
    private int slot;

    private Observation(List<Component> components, ByteBuffer[] columns, int slot) {
        bytes = components.stream().mapToInt(each -> each.space().bytes()).toArray();
        this.columns = columns;
        this.slot = slot;
    }

    /** One that {@link #onto} and {@link #row} turn to the memory of callers. */
    static Observation movable(List<Component> components) {
        return new Observation(components, new ByteBuffer[components.size()], 0);
    }

    /** Memory of its own for one observation. Direct as that of callers, so that code that writes it meets one kind of buffer only. */
    public static Observation own(List<Component> components) {
        ByteBuffer[] columns = components.stream()
                .map(each -> ByteBuffer.allocateDirect(each.space().bytes()).order(ByteOrder.nativeOrder()))
                .toArray(ByteBuffer[]::new);
        return new Observation(components, columns, 0);
    }

    void onto(StepBuffers outcome) {
        for (int c = 0; c < columns.length; c++) {
            columns[c] = outcome.observation(c);
        }
    }

    void row(int newSlot) {
        slot = newSlot;
    }

    /** Copies an observation that has memory of its own to where the caller wants to see how an episode ended. */
    void copyToLast(StepBuffers outcome, int toSlot) {
        for (int c = 0; c < columns.length; c++) {
            outcome.lastObservation(c).put(toSlot * bytes[c], columns[c], 0, bytes[c]);
        }
    }

    /** The bytes of a component: of the one row, where it has memory of its own. Not to be changed. */
    public ByteBuffer column(int component) {
        return columns[component];
    }

    /** Writes a number of a component of floats. */
    public void put(int component, int index, double value) {
        Objects.checkIndex(index, bytes[component] / Float.BYTES);
        columns[component].putFloat(slot * bytes[component] + index * Float.BYTES, (float) value);
    }

    /** Writes a component of floats from its first number on. */
    public void put(int component, double[] values) {
        int row = row(component, values.length * Float.BYTES);
        ByteBuffer column = columns[component];
        for (int i = 0; i < values.length; i++) {
            column.putFloat(row + i * Float.BYTES, (float) values[i]);
        }
    }

    /** Writes a component of floats from its first number on. */
    public void put(int component, float[] values) {
        int row = row(component, values.length * Float.BYTES);
        ByteBuffer column = columns[component];
        for (int i = 0; i < values.length; i++) {
            column.putFloat(row + i * Float.BYTES, values[i]);
        }
    }

    /** Writes a component of bytes. */
    public void put(int component, byte[] values) {
        put(component, 0, values, 0, values.length);
    }

    /** Writes bytes of a component, {@code length} ones from {@code values[from]} on to its byte {@code at} and the following. */
    public void put(int component, int at, byte[] values, int from, int length) {
        Objects.checkFromIndexSize(at, length, bytes[component]);
        columns[component].put(slot * bytes[component] + at, values, from, length);
    }

    /** Writes a whole component from a buffer that holds its bytes in native order, from index 0. */
    public void put(int component, ByteBuffer values) {
        int length = bytes[component];
        columns[component].put(slot * length, values, 0, length);
    }

    private int row(int component, int length) {
        Objects.checkFromIndexSize(0, length, bytes[component]);
        return slot * bytes[component];
    }
}
