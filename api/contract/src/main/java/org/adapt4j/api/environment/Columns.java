package org.adapt4j.api.environment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec.Component;

/** Direct memory for named arrays over time, with one ready-made view per step. */
final class Columns {

    /** Vector instructions and libtorch's own allocations use this alignment; other ones may change the last bit. */
    private static final int ALIGNMENT = 64;

    private final List<Component> components;
    private final ByteBuffer[] whole;
    private final ByteBuffer[][] byStep;

    Columns(List<Component> components, int slots, int steps) {
        this.components = components;
        whole = new ByteBuffer[components.size()];
        byStep = new ByteBuffer[steps][components.size()];
        for (int c = 0; c < components.size(); c++) {
            int row = Math.multiplyExact(slots, components.get(c).space().bytes());
            whole[c] = direct(Math.multiplyExact((long) row, (long) steps));
            for (int t = 0; t < steps; t++) {
                byStep[t][c] = whole[c].slice(t * row, row).order(ByteOrder.nativeOrder());
            }
        }
    }

    static ByteBuffer direct(long bytes) {
        if (bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
            throw new IllegalArgumentException("one column would take " + bytes
                    + " bytes, and a buffer holds at most 2 GiB: use fewer slots or shorter rollouts");
        }
        // An aligned slice drops incomplete units at both ends.
        return ByteBuffer.allocateDirect((int) bytes + 2 * ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .limit((int) bytes)
                .slice()
                .order(ByteOrder.nativeOrder());
    }

    int index(String name) {
        for (int c = 0; c < components.size(); c++) {
            if (components.get(c).name().equals(name)) {
                return c;
            }
        }
        throw new IllegalArgumentException("no column '" + name + "', only "
                + components.stream().map(Component::name).toList());
    }

    List<Component> components() {
        return components;
    }

    ByteBuffer whole(int component) {
        return whole[component];
    }

    ByteBuffer[] step(int step) {
        return byStep[step];
    }
}
