package org.adapt4j.toolkit.replay;

import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;

/**
 * How a moment lies in memory: the newest frame of each component, then the action. Older frames of a stack are the newest ones
 * of earlier rows.
 */
final class RowLayout {

    private final List<Component> components;
    private final int[] spaceBytes;
    private final int[] stacks;
    private final int[] offsets;
    private final int actionBytes;
    private final int deepest;

    RowLayout(EnvironmentSpec spec) {
        components = spec.observation();
        spaceBytes = new int[components.size()];
        stacks = new int[components.size()];
        offsets = new int[components.size() + 1];
        int most = 1;
        for (int c = 0; c < components.size(); c++) {
            spaceBytes[c] = components.get(c).space().bytes();
            stacks[c] = components.get(c).stack();
            offsets[c + 1] = Math.addExact(offsets[c], spaceBytes[c] / stacks[c]);
            most = Math.max(most, stacks[c]);
        }
        deepest = most;
        actionBytes = spec.action().bytes();
    }

    int components() {
        return components.size();
    }

    String name(int component) {
        return components.get(component).name();
    }

    /** Bytes of a whole observation of a component, with all frames. */
    int spaceBytes(int component) {
        return spaceBytes[component];
    }

    /** Bytes of one frame of a component. */
    int frameBytes(int component) {
        return spaceBytes[component] / stacks[component];
    }

    /** Frames of a component. */
    int stack(int component) {
        return stacks[component];
    }

    /** Frames of the component that has most. */
    int deepestStack() {
        return deepest;
    }

    /** Where a component's frame lies in a row. */
    int offset(int component) {
        return offsets[component];
    }

    /** Where the action lies in a row. */
    int actionOffset() {
        return offsets[components.size()];
    }

    int actionBytes() {
        return actionBytes;
    }

    int rowBytes() {
        return Math.addExact(actionOffset(), actionBytes);
    }
}
