package org.adapt4j.env.procgen;

/**
 * A compass in the upper right corner: a disc, a needle to the goal and a bar for the distance.
 *
 * <p>Source: openai/procgen, jumper. The native disc is not quite round, for Qt draws its outline and its filling by different methods; it never
 * moves, so its rows are listed here as measured.
 */
final class Compass {

    private static final int GREY = 0xa8a69e;
    private static final int GOLD = 0xfcba03;
    private static final float MARGIN = .25f;

    /** Per view in cells: view, first row, then left and right end of each row. */
    private static final int[][] DISCS = {
        {
            12, 1, 52, 58, 50, 59, 49, 60, 48, 61, 48, 62, 47, 63, 47, 63, 46, 63, 46, 63, 46, 63, 47, 63, 47, 63, 47,
            62, 48, 61, 49, 60, 51, 59, 53, 57
        },
        {16, 1, 58, 61, 57, 62, 56, 63, 55, 64, 55, 64, 55, 64, 56, 63, 57, 62, 58, 61},
        {20, 0, 58, 59, 56, 61, 55, 62, 54, 63, 53, 63, 53, 64, 53, 64, 54, 64, 54, 63, 55, 62, 57, 61},
        {40, 0, 61, 63, 60, 64, 60, 64, 61, 63},
    };

    private Compass() {}

    /**
     * @param size of the disc, in cells
     * @param dx how far the goal is to the right
     * @param dy how far it is above
     * @param farthest distance at which the bar is as long as the disc is wide
     */
    static void paint(Scene screen, float size, float dx, float dy, double farthest) {
        for (int[] disc : DISCS) {
            if (disc[0] == Math.round(screen.view())) {
                for (int i = 2; i < disc.length; i += 2) {
                    int y = disc[1] + i / 2 - 1;
                    Raster.fill(screen.frame(), disc[i], y, disc[i + 1], y + 1, GREY);
                }
            }
        }
        float left = screen.view() - size - MARGIN;
        double radius = size * screen.unit() / 2.0;
        float x = (float) (left * screen.unit() + radius);
        float y = (float) (MARGIN * screen.unit() + radius);
        float needle = (float) (radius * .95);
        double angle = (float) StrictMath.atan2(dy, dx);
        int endX = (int) (x + needle * StrictMath.cos(angle));
        int endY = (int) (y - needle * StrictMath.sin(angle));
        Raster.line(screen.frame(), (int) x, (int) y, endX, endY, GOLD);
        float distance = (float) Math.sqrt(dx * dx + dy * dy);
        screen.bar(left, MARGIN + size, size * (float) (distance / farthest), size / 8, GOLD);
    }
}
