package org.adapt4j.env.procgen;

import java.util.Arrays;

/**
 * Draws every object as a filled rectangle in a colour computed from its type and theme; pixel for pixel the native
 * library's frames with {@code use_monochrome_assets}.
 *
 * <p>Source: openai/procgen, its monochrome assets. Single precision where the native library has it, since rounding decides pixels.
 */
final class MonochromePainter implements FramePainter {

    private static final int SIDE = Game.FRAME_SIDE;
    private static final float VIEW = 13;
    private static final float CELL_MARGIN = 0.02f;
    private static final int[] AGENT_POSES = {0, 12, 13};
    private static final int[] ENEMY_POSES = {6, 7};
    private static final int[] SAW_POSES = {2, 3};
    private static final int TRAIL = 59;

    private final LevelOptions options;
    private final float view;
    private final float unit;
    private final int[] from = new int[CoinRunWorld.SIZE + 4];
    private final int[] to = new int[CoinRunWorld.SIZE + 4];

    private float offsetX;
    private float offsetY;

    MonochromePainter(LevelOptions options) {
        this.options = options;
        view = options.centerAgent() ? VIEW : CoinRunWorld.SIZE;
        unit = SIDE / view;
    }

    @Override
    public void paint(CoinRunWorld world, byte[] frame) {
        float centerX = options.centerAgent() ? world.agentX : CoinRunWorld.SIZE / 2f;
        float centerY = options.centerAgent() ? world.agentY : CoinRunWorld.SIZE / 2f;
        offsetX = unit * (centerX - view / 2);
        offsetY = unit * (centerY - view / 2);
        if (options.useBackgrounds()) {
            CoinRunArt.of((int) view)
                    .landscapes()
                    .paint(
                            options.restrictThemes() ? 0 : world.background,
                            world.backgroundPhase,
                            offsetX,
                            offsetY,
                            frame);
        } else {
            Arrays.fill(frame, (byte) 0);
        }
        paintGrid(world, centerX, centerY, frame);
        for (int i = 0; i < world.objects; i++) {
            if (world.kind[i] != CoinRunWorld.ENEMY) {
                int type = world.kind[i] == CoinRunWorld.SAW ? SAW_POSES[world.sawPose()] : world.kind[i];
                box(frame, world.x[i], world.y[i], 0.5f, 0.5f, color(type, world.theme[i]));
            }
        }
        paintTrails(world, frame);
        box(
                frame,
                world.agentX,
                world.agentY,
                CoinRunWorld.AGENT_RX,
                CoinRunWorld.AGENT_RY,
                color(AGENT_POSES[world.agentPose()], world.agentTheme));
        for (int e = 0; e < world.enemies; e++) {
            int i = world.enemy[e];
            box(frame, world.x[i], world.y[i], 0.5f, 0.5f, color(ENEMY_POSES[world.enemyPose()], world.theme[i]));
        }
        if (options.paintVelInfo()) {
            VelocitySquares.paint(world, frame);
        }
    }

    private void paintGrid(CoinRunWorld world, float centerX, float centerY, byte[] frame) {
        int left = (int) (centerX - (view / 2 + 1));
        int right = (int) (centerX + (view / 2 + 1));
        int low = (int) (centerY - (view / 2 + 1));
        int high = (int) (centerY + (view / 2 + 1));
        float size = (1 + 2 * CELL_MARGIN) * unit;
        for (int y = low; y <= high; y++) {
            double edge = (view - (y + 1) - CELL_MARGIN) * unit + offsetY;
            from[y - low] = Raster.round(edge);
            to[y - low] = Raster.round(edge + size);
        }
        // Neighbours overlap by a pixel, so the order of cells is seen.
        for (int x = left; x <= right; x++) {
            double edge = (x - CELL_MARGIN) * unit - offsetX;
            int start = Raster.round(edge);
            int end = Raster.round(edge + size);
            for (int y = low; y <= high; y++) {
                byte type = world.cell(x, y);
                if (type != CoinRunWorld.EMPTY && type != CoinRunWorld.BARRIER) {
                    int theme = CoinRunWorld.isWall(type) ? world.wallTheme : 0;
                    Raster.fill(frame, start, from[y - low], end, to[y - low], color(type, theme));
                }
            }
        }
    }

    private void paintTrails(CoinRunWorld world, byte[] frame) {
        for (int row = 0; row < CoinRunWorld.TRAIL_STEPS; row++) {
            if (world.hasTrails(row)) {
                for (int e = 0; e < world.enemies; e++) {
                    int i = row * world.enemies + e;
                    box(
                            frame,
                            world.trailX[i],
                            world.trailY[i],
                            world.trailRx[row],
                            world.trailRy[row],
                            color(TRAIL, 0));
                }
            }
        }
    }

    private int color(int type, int theme) {
        return MonochromeBrush.color(type, options.restrictThemes() ? 0 : theme);
    }

    private void box(byte[] frame, float x, float y, float rx, float ry, int color) {
        double left = (x - rx) * unit - offsetX;
        double top = (view - (y + ry)) * unit + offsetY;
        float width = 2 * rx * unit;
        float height = 2 * ry * unit;
        Raster.fill(
                frame,
                Raster.round(left),
                Raster.round(top),
                Raster.round(left + width),
                Raster.round(top + height),
                color);
    }
}
