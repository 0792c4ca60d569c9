package org.adapt4j.env.ale;

import java.util.function.IntUnaryOperator;

/**
 * Plays a cartridge well by looking into its RAM, for the scores that stand for an expert's.
 *
 * <p>The addresses are those of the cells that the cartridge's source names.
 */
interface ScriptedPlayer {
    int NOOP = 0;
    int FIRE = 1;
    int UP = 2;
    int RIGHT = 3;
    int LEFT = 4;
    int DOWN = 5;
    int UP_RIGHT = 6;
    int UP_LEFT = 7;
    int DOWN_RIGHT = 8;
    int DOWN_LEFT = 9;
    int RIGHT_FIRE = 11;
    int LEFT_FIRE = 12;

    /**
     * The action for the next four frames.
     *
     * @param ram the cell at an address from 0x80 to 0xff
     */
    int action(IntUnaryOperator ram);

    static ScriptedPlayer of(String cartridge) {
        return switch (cartridge) {
            case "orchard" -> ram -> follow(ram, 0xa6, 0, 0xa7);
            case "court" -> ram -> follow(ram, 0xc2, 24, 0xc4);
            case "bricks" -> ram -> follow(ram, 0xa4, 12, 0xa5);
            case "reef" -> ScriptedPlayer::reef;
            case "saucers" -> ScriptedPlayer::saucers;
            case "tower" -> ScriptedPlayer::tower;
            case "vault" -> ScriptedPlayer::vault;
            default -> throw new IllegalArgumentException("nobody plays " + cartridge);
        };
    }

    /** Keeps what stands at the column in one cell, or so far to the right of it, under what flies at the column in another. */
    private static int follow(IntUnaryOperator ram, int mine, int offset, int flying) {
        return towards(ram.applyAsInt(mine) + offset, ram.applyAsInt(flying), 6);
    }

    private static int towards(int here, int there, int slack) {
        return Math.abs(there - here) <= slack ? NOOP : there > here ? RIGHT : LEFT;
    }

    /** Heads for the row where nothing will hit the submarine for longest, of those the nearest. */
    private static int reef(IntUnaryOperator ram) {
        int here = ram.applyAsInt(0xda);
        int best = here;
        double bestTime = -1;
        for (int row = 0; row <= 76; row++) {
            double time = timeToHit(ram, here, row) - 0.1 * Math.abs(row - here);
            if (time > bestTime) {
                bestTime = time;
                best = row;
            }
        }
        return best == here ? NOOP : best < here ? UP : DOWN;
    }

    private static int timeToHit(IntUnaryOperator ram, int from, int to) {
        for (int frames = 0; frames < 160; frames++) {
            int row = from + Math.max(-frames, Math.min(frames, to - from));
            for (int lane = 0; lane < 7; lane++) {
                double column = ram.applyAsInt(0xa9 + lane) - frames * ram.applyAsInt(0xc5 + lane) / 64.0;
                int above = 2 + 12 * lane + 8 - row;
                if (ram.applyAsInt(0xc5 + lane) > 0 && column > -2 && column < 33 && above >= -1 && above < 16) {
                    return frames;
                }
            }
        }
        return 160;
    }

    /** Shoots where a saucer will be when the shot gets there. */
    private static int saucers(IntUnaryOperator ram) {
        int gun = ram.applyAsInt(0xa0);
        boolean loaded = ram.applyAsInt(0xa1) == 128;
        int nearest = 1000;
        for (int lane = 0; lane < 4; lane++) {
            double speed = ram.applyAsInt(0x94 + lane) / 64.0 * (lane % 2 == 0 ? 1 : -1);
            double flight = (66 - (2 + 13 * lane + 5)) / 6.0;
            double column = ram.applyAsInt(0xb9 + lane) + speed * (flight + 2);
            if (speed == 0 || ram.applyAsInt(0xa5 + lane) != 0 || column < 0 || column > 142) {
                continue;
            }
            double difference = column - gun;
            if (loaded && Math.abs(difference) < 6) {
                return FIRE;
            }
            double wait = column + speed * Math.abs(difference) / 2 - gun;
            if (Math.abs(wait) < Math.abs(nearest)) {
                nearest = (int) wait;
            }
        }
        return nearest == 1000 ? NOOP : nearest > 0 ? RIGHT : LEFT;
    }

    /** Goes to the nearer ladder, and leaves it or starts for it only while no ghost is near. */
    private static int tower(IntUnaryOperator ram) {
        int[] left = {0, 51, 27, 59, 35};
        int[] right = {0, 91, 115, 83, 107};
        int storey = ram.applyAsInt(0xa0);
        int hero = ram.applyAsInt(0x9e);
        int climb = ram.applyAsInt(0xa1);
        if (climb > 0) {
            int above = storey - 1;
            boolean waits = climb <= 11 && climb >= 7 && above > 0 && ghostComes(ram, above, hero, left, right);
            return waits ? NOOP : UP;
        }
        if (storey == 0) {
            return towards(hero, 72, 4);
        }
        int ladder = Math.abs(left[storey] - hero) <= Math.abs(right[storey] - hero) ? left[storey] : right[storey];
        return Math.abs(ladder - hero) <= 8 ? UP : towards(hero, ladder, 2);
    }

    private static boolean ghostComes(IntUnaryOperator ram, int storey, int hero, int[] left, int[] right) {
        double ghost = ram.applyAsInt(0xb9 + storey);
        double speed = ram.applyAsInt(0xa3) / 256.0 * (ram.applyAsInt(0x99 + storey) == 0 ? 1 : -1);
        int ladder = Math.abs(left[storey] - hero) <= Math.abs(right[storey] - hero) ? left[storey] : right[storey];
        double column = hero;
        for (int frames = 0; frames < 70; frames++) {
            ghost += speed;
            if (ghost <= 0 || ghost >= 142) {
                speed = -speed;
            }
            if (frames > 14) {
                column += Math.max(-2, Math.min(2, ladder - column));
            }
            if (column == ladder && frames > 24 + Math.abs(ladder - hero) / 2) {
                return false;
            }
            if (Math.abs(ghost - column) < 16) {
                return true;
            }
        }
        return false;
    }

    /** Goes for the jewel, around the pillars, unless the spark would be met on the way. */
    private static int vault(IntUnaryOperator ram) {
        int column = ram.applyAsInt(0xa0);
        int row = ram.applyAsInt(0xa1);
        int toColumn = ram.applyAsInt(0xa2);
        int toRow = ram.applyAsInt(0xaa);
        int[][] directions = {
            {0, 0, NOOP},
            {0, -1, UP},
            {1, 0, RIGHT},
            {-1, 0, LEFT},
            {0, 1, DOWN},
            {1, -1, UP_RIGHT},
            {-1, -1, UP_LEFT},
            {1, 1, DOWN_RIGHT},
            {-1, 1, DOWN_LEFT}
        };
        int action = NOOP;
        double best = Double.MAX_VALUE;
        for (int[] direction : directions) {
            int nextColumn = Math.max(4, Math.min(138, column + 8 * direction[0]));
            int nextRow = Math.max(4, Math.min(76, row + 4 * direction[1]));
            if (inPillar(nextColumn, row)) {
                nextColumn = column;
            }
            if (inPillar(nextColumn, nextRow)) {
                nextRow = row;
            }
            double cost = Math.max(
                            Math.max(0, Math.abs(toColumn - nextColumn) - 12) / 2.0,
                            Math.max(0, Math.abs(toRow - nextRow) - 6))
                    + 0.01 * (Math.abs(toColumn - nextColumn) + Math.abs(toRow - nextRow))
                    + (behindPillar(nextColumn, nextRow, toColumn)
                            ? 30 + Math.min(Math.abs(nextRow - 18), Math.abs(nextRow - 62))
                            : 0)
                    + danger(ram, nextColumn, nextRow);
            if (cost < best) {
                best = cost;
                action = direction[2];
            }
        }
        return action;
    }

    private static boolean inPillar(int column, int row) {
        return row > 20 && row < 60 && (column > 31 && column < 55 || column > 87 && column < 111);
    }

    private static boolean behindPillar(int column, int row, int toColumn) {
        if (row < 21 || row > 59) {
            return false;
        }
        return (column < 43) != (toColumn < 43) && Math.abs(toColumn - column) > 12
                || (column < 99) != (toColumn < 99) && Math.abs(toColumn - column) > 12;
    }

    private static double danger(IntUnaryOperator ram, int column, int row) {
        double spark = ram.applyAsInt(0xa4);
        double sparkRow = ram.applyAsInt(0xa5);
        double acrossStep = ram.applyAsInt(0xa8) == 0 ? 1.25 : -1.25;
        double downStep = ram.applyAsInt(0xa9) == 0 ? 0.75 : -0.75;
        double danger = 0;
        for (int frames = 1; frames <= 24; frames++) {
            spark += acrossStep;
            sparkRow += downStep;
            if (spark < 6 || spark > 147) {
                acrossStep = -acrossStep;
            }
            if (sparkRow < 5 || sparkRow > 80) {
                downStep = -downStep;
            }
            if (frames >= 3 && Math.abs(spark - column - 5) < 15 && Math.abs(sparkRow - row - 2) < 8) {
                danger = Math.max(danger, frames < 12 ? 200 : 20);
            }
        }
        return danger;
    }
}
