package org.adapt4j.env.procgen;

import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;

/** What an agent sees of a game. */
public enum Sight {
    /** The frame: component {@code rgb}, bytes {@code [64, 64, 3]}. */
    RGB(0),
    /** What the frame of CoinRun shows, as numbers: component {@code state}, floats {@code [885]}, see {@link CoinRunState}. */
    STATE(6),
    /** The same of the nearest cells only: component {@code state}, floats {@code [285]}. */
    COMPACT(3);

    private final int reach;

    Sight(int reach) {
        this.reach = reach;
    }

    /** Cells that are seen on each side of the agent's; 0 for frames. */
    int reach() {
        return reach;
    }

    Component component() {
        return this == RGB
                ? new Component("rgb", Box.image(Game.FRAME_SIDE, Game.FRAME_SIDE, 3))
                : new Component(
                        "state", Box.vector(CoinRunState.width(reach), -CoinRunState.BOUND, CoinRunState.BOUND));
    }
}
