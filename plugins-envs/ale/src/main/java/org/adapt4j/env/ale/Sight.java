package org.adapt4j.env.ale;

import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;

/** What an agent sees of a game. */
public enum Sight {
    /** The small grey screen: component {@code screen}, bytes {@code [stack, 84, 84]}. */
    SCREEN(Shrinker.BYTES),
    /**
     * The console's memory after the last emulated frame: component {@code ram}, bytes {@code [128]}, or {@code [stack, 128]} where more than one
     * frame is wanted. It holds what the screen hides too (timers, other rooms, random numbers), so it is another problem than pixels.
     */
    RAM(Emulator.RAM);

    private final int bytes;

    Sight(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one frame. */
    int bytes() {
        return bytes;
    }

    Component component(int stack) {
        if (this == SCREEN) {
            Box frames = new Box(Element.UINT8, List.of(stack, Shrinker.SIDE, Shrinker.SIDE), 0, 255);
            return new Component("screen", frames, stack);
        }
        List<Integer> shape = stack == 1 ? List.of(bytes) : List.of(stack, bytes);
        return new Component("ram", new Box(Element.UINT8, shape, 0, 255), stack);
    }
}
