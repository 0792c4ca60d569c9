package org.adapt4j.env.procgen;

import java.util.Arrays;

/**
 * Draws the normal look of CoinRun with this project's own art; where things stand is the native library's geometry.
 *
 * <p>Source of the geometry: openai/procgen. Departures: the pictures are our own; edges are
 * softened; the agent has a picture of its own in the air; there are {@link Landscapes#LOOKS} landscapes, which the 62
 * background indices share.
 */
final class ArtPainter implements FramePainter {

    private static final int SIDE = Game.FRAME_SIDE;
    /** Cells across the frame when the camera follows the agent. */
    static final int NEAR = 13;

    private static final float CELL_MARGIN = 0.02f;
    private static final float AGENT_WIDTH = 1.0f;
    private static final float AGENT_HEIGHT = 2.0156f;
    private static final int STANDING = 0;
    private static final int IN_THE_AIR = 3;
    private static final int TRAIL_OPACITY = 128;
    private static final int NOTHING = -1;

    private final LevelOptions options;
    private final CoinRunArt art;
    private final int view;
    private final float unit;
    private final int cells;
    private final int[] kinds;

    private float offsetX;
    private float offsetY;

    ArtPainter(LevelOptions options) {
        this.options = options;
        view = options.centerAgent() ? NEAR : CoinRunWorld.SIZE;
        unit = (float) SIDE / view;
        cells = view + 3;
        kinds = new int[cells + 1];
        art = CoinRunArt.of(view);
    }

    @Override
    public void paint(CoinRunWorld world, byte[] frame) {
        boolean follow = options.centerAgent();
        float centerX = follow ? world.agentX : CoinRunWorld.SIZE / 2f;
        float centerY = follow ? world.agentY : CoinRunWorld.SIZE / 2f;
        offsetX = unit * (centerX - view / 2f);
        offsetY = unit * (centerY - view / 2f);
        if (options.useBackgrounds()) {
            art.landscapes().paint(theme(world.background), world.backgroundPhase, offsetX, offsetY, frame);
        } else {
            Arrays.fill(frame, (byte) 0);
        }
        paintGrid(world, (int) (centerX - (view / 2f + 1)), (int) (centerY - (view / 2f + 1)), frame);
        for (int i = 0; i < world.objects; i++) {
            if (world.kind[i] == CoinRunWorld.SAW) {
                paintBox(art.saw(world.sawPose()), world.x[i], world.y[i], false, frame);
            } else if (world.kind[i] == CoinRunWorld.CRATE) {
                paintBox(art.crate(theme(world.theme[i])), world.x[i], world.y[i], false, frame);
            }
        }
        paintTrails(world, frame);
        paintAgent(world, frame);
        int pose = world.enemyPose();
        for (int e = 0; e < world.enemies; e++) {
            int i = world.enemy[e];
            paintBox(art.enemy(theme(world.theme[i]), pose), world.x[i], world.y[i], world.vx[i] > 0, frame);
        }
        if (options.paintVelInfo()) {
            VelocitySquares.paint(world, frame);
        }
    }

    private int theme(int drawn) {
        return options.restrictThemes() ? 0 : drawn;
    }

    /** Cells from the lowest row up, so that a cell's margin covers the edge of the one below it. */
    private void paintGrid(CoinRunWorld world, int firstColumn, int firstRow, byte[] frame) {
        int wall = 2 * theme(world.wallTheme);
        float edge = (firstColumn - CELL_MARGIN) * unit - offsetX + 0.5f;
        int base = floor(edge);
        int phase = Ground.phases(view) == 1 ? 0 : Math.min(view - 1, (int) ((edge - base) * view));
        float size = (1 + 2 * CELL_MARGIN) * unit;
        for (int row = firstRow; row < firstRow + cells; row++) {
            float upper = (view - (row + 1) - CELL_MARGIN) * unit + offsetY + 0.5f;
            int top = floor(upper);
            int bottom = floor(upper + size);
            if (bottom <= 0 || top >= SIDE) {
                continue;
            }
            for (int i = 0; i < cells; i++) {
                kinds[i] = groundOf(world.cell(firstColumn + i, row), wall);
            }
            kinds[cells] = NOTHING;
            int parity = (firstColumn & 1) | (row & 1) << 1;
            for (int i = 0; i < cells; i++) {
                int kind = kinds[i];
                if (kind == CoinRunArt.COIN) {
                    int left = base + Ground.border(i, phase, view);
                    art.coin().paint(frame, left, top, floor(edge + i * unit + size), bottom, false);
                } else if (kind != NOTHING) {
                    int start = i;
                    while (kinds[i + 1] == kind) {
                        i++;
                    }
                    int left = base + Ground.border(start, phase, view);
                    int right = floor(edge + i * unit + size);
                    art.ground(kind).paint(frame, phase, parity, base, left, right, top, bottom);
                }
            }
        }
    }

    private static int groundOf(byte type, int wall) {
        switch (type) {
            case CoinRunWorld.WALL_BODY:
                return wall;
            case CoinRunWorld.WALL_TOP:
                return wall + 1;
            case CoinRunWorld.LAVA_BODY:
                return CoinRunArt.LAVA;
            case CoinRunWorld.LAVA_TOP:
                return CoinRunArt.LAVA + 1;
            case CoinRunWorld.COIN:
                return CoinRunArt.COIN;
            default:
                return NOTHING;
        }
    }

    private void paintBox(Sprite sprite, float x, float y, boolean mirrored, byte[] frame) {
        float left = (x - CoinRunWorld.OBJECT_R) * unit - offsetX + 0.5f;
        float top = (view - (y + CoinRunWorld.OBJECT_R)) * unit + offsetY + 0.5f;
        sprite.paint(frame, floor(left), floor(top), floor(left + unit), floor(top + unit), mirrored);
    }

    private void paintAgent(CoinRunWorld world, byte[] frame) {
        int pose = world.agentHasSupport ? world.agentPose() : IN_THE_AIR;
        if (world.time == 0) {
            // The rules have not looked for support yet, but the agent stands.
            pose = STANDING;
        }
        float left = (world.agentX - CoinRunWorld.AGENT_RX) * unit - offsetX + 0.5f;
        float top = (view - (world.agentY - CoinRunWorld.AGENT_RY + AGENT_HEIGHT)) * unit + offsetY + 0.5f;
        art.agent(theme(world.agentTheme), pose)
                .paint(
                        frame,
                        floor(left),
                        floor(top),
                        floor(left + AGENT_WIDTH * unit),
                        floor(top + AGENT_HEIGHT * unit),
                        world.agentFacesLeft);
    }

    private void paintTrails(CoinRunWorld world, byte[] frame) {
        if (world.enemies == 0) {
            return;
        }
        for (int age = CoinRunWorld.TRAIL_STEPS - 1; age >= 0; age--) {
            int row = Math.floorMod(world.time - age, CoinRunWorld.TRAIL_STEPS);
            if (world.hasTrails(row)) {
                int opacity = TRAIL_OPACITY - age * TRAIL_OPACITY / CoinRunWorld.TRAIL_STEPS;
                float rx = world.trailRx[row] * unit;
                float ry = world.trailRy[row] * unit;
                for (int e = 0; e < world.enemies; e++) {
                    int i = row * world.enemies + e;
                    float x = world.trailX[i] * unit - offsetX;
                    float y = (view - world.trailY[i]) * unit + offsetY;
                    if (x > -unit && x < SIDE + unit && y > -unit && y < SIDE + unit) {
                        paintEllipse(frame, x, y, rx, ry, opacity);
                    }
                }
            }
        }
    }

    private static void paintEllipse(byte[] frame, float x, float y, float rx, float ry, int opacity) {
        int toX = Math.min(SIDE, floor(x + rx + 0.5f));
        int toY = Math.min(SIDE, floor(y + ry + 0.5f));
        for (int py = Math.max(0, floor(y - ry + 0.5f)); py < toY; py++) {
            float dy = (py + 0.5f - y) / ry;
            for (int px = Math.max(0, floor(x - rx + 0.5f)); px < toX; px++) {
                float dx = (px + 0.5f - x) / rx;
                if (dx * dx + dy * dy <= 1) {
                    int at = (py * SIDE + px) * 3;
                    for (int c = at; c < at + 3; c++) {
                        int below = frame[c] & 255;
                        frame[c] = (byte) (below + ((255 - below) * opacity >> 8));
                    }
                }
            }
        }
    }

    private static int floor(float value) {
        int whole = (int) value;
        return whole > value ? whole - 1 : whole;
    }
}
