package org.adapt4j.env.procgen;

/** Two grey squares in the upper left corner that show the agent's velocity. */
final class VelocitySquares {

    private static final int FIRST = 13;
    private static final int SECOND = 26;

    private VelocitySquares() {}

    static void paint(CoinRunWorld world, byte[] frame) {
        Raster.fill(frame, 0, 0, FIRST, FIRST, grey(0.5 * world.agentVx / CoinRun.MAX_SPEED + 0.5));
        Raster.fill(frame, FIRST, 0, SECOND, FIRST, grey(0.5 * world.agentVy / CoinRun.JUMP_SPEED + 0.5));
    }

    private static int grey(double share) {
        int shade = Math.max(0, Math.min(255, (int) ((float) share * 255f)));
        return shade * 0x10101;
    }
}
