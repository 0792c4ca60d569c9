package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Miner (Cobbe et al. 2020, appendix B): dig for all diamonds and leave through the exit; boulders and diamonds fall and roll.
 *
 * <p>Source of the rules: openai/procgen, miner. Known flaws, kept: some levels cannot be solved; and whether diamonds are left is a matter of
 * the step before, of the last episode even, so that an agent beside the exit of a new level may walk out at once.
 */
final class Miner extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    Miner::new, 1000, new GameInfo.Scores(1.5, 13), new GameInfo.Scores(1.5, 20))
            .and(Mode.MEMORY);

    private static final int BOULDER = 1;
    private static final int DIAMOND = 2;
    private static final int FALLING_BOULDER = 3;
    private static final int FALLING_DIAMOND = 4;
    private static final int EXIT = 6;
    private static final int DIRT = 9;
    private static final int OUTSIDE = 10;

    private static final float DIAMONDS = 12 / 400f;
    private static final float BOULDERS = 80 / 400f;

    private static final Looks LOOKS = new Looks(Backgrounds.PLATFORM)
            .with(World.AGENT, Creatures::digger, 158, 120)
            .with(BOULDER, Things::boulder, 1, 1)
            .with(DIAMOND, Things::diamond, 72, 51)
            .with(EXIT, Things::window, 1, 1)
            .ground(DIRT, Grounds::dirt, 1)
            .ground(OUTSIDE, Grounds::greyBricks, 1);

    private int diamondsLeft;

    Miner(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = OUTSIDE;
        view = 8;
        follows = is(Mode.MEMORY);
        gridSteps = true;
        showsVelocity = false;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 10 : is(Mode.MEMORY) ? 35 : 20;
        world.height = world.width;
    }

    @Override
    void generate() {
        agent.rx = .5f;
        agent.ry = .5f;
        int diamonds = (int) (DIAMONDS * world.size());
        int boulders = (int) (BOULDERS * world.size());
        int[] places = random.distinct(world.size(), diamonds + boulders + 1);
        int x = places[0] % world.width;
        int y = places[0] / world.width;
        agent.x = x + .5f;
        agent.y = y + .5f;
        world.fill(0, 0, world.width, world.height, DIRT);
        for (int i = 1; i < places.length; i++) {
            world.cells[places[i]] = i <= diamonds ? DIAMOND : BOULDER;
        }
        int[] dirt = world.cellsOf(DIRT);
        world.set(x, y, World.EMPTY);
        for (int nearX = x - 1; nearX <= x + 1; nearX++) {
            for (int nearY = y - 1; nearY <= y + 1; nearY++) {
                if (world.cell(nearX, nearY) == BOULDER) {
                    world.set(nearX, nearY, DIRT);
                }
            }
        }
        int candidates = 0;
        for (int cell : dirt) {
            int above = world.cell(cell + world.width);
            if (above == DIRT || above == OUTSIDE) {
                dirt[candidates++] = cell;
            }
        }
        int exit = dirt[random.below(candidates)];
        world.cells[exit] = World.EMPTY;
        world.addAt(exit, .5f, EXIT).layer = -1;
    }

    /** No diagonal steps. */
    @Override
    void wish(int move) {
        super.wish(move);
        if (wishX != 0) {
            wishY = 0;
        }
    }

    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == BOULDER || type == FALLING_BOULDER || super.blocks(mover, type, horizontal);
    }

    @Override
    void agentMeets(Entity exit) {
        if (diamondsLeft == 0) {
            win(10);
        }
    }

    @Override
    void play() {
        faceWish(false);
        push();
        int here = agentCell();
        int type = world.cell(here);
        if (type == DIAMOND) {
            reward += 1;
        }
        if (type == DIRT || type == DIAMOND) {
            world.cells[here] = World.EMPTY;
        }
        diamondsLeft = 0;
        for (int cell = 0; cell < world.size(); cell++) {
            if (isRound(world.cells[cell])) {
                fall(cell);
            }
        }
    }

    private int agentCell() {
        return (int) agent.y * world.width + (int) agent.x;
    }

    /** A boulder gives way to an agent that it stopped, if there is room behind it. */
    private void push() {
        int here = agentCell();
        int x = here % world.width;
        int step = (int) wishX;
        boolean room = step > 0 ? x < world.width - 2 : step < 0 && x > 1;
        if (room && agent.vx == 0 && world.cell(here + step) == BOULDER && world.cell(here + 2 * step) == World.EMPTY) {
            world.cells[here + step] = World.EMPTY;
            world.cells[here + 2 * step] = BOULDER;
            agent.x += step;
        }
    }

    /** Something round falls, kills, rolls down to the left or to the right, or rests. */
    private void fall(int cell) {
        int type = world.cells[cell];
        boolean diamond = type == DIAMOND || type == FALLING_DIAMOND;
        int resting = diamond ? DIAMOND : BOULDER;
        diamondsLeft += diamond ? 1 : 0;
        int x = cell % world.width;
        int below = cell - world.width;
        int support = world.cell(below);
        boolean overAgent = below == agentCell();
        if (support == World.EMPTY && !overAgent) {
            world.cells[cell] = World.EMPTY;
            world.cells[below] = diamond ? FALLING_DIAMOND : FALLING_BOULDER;
        } else if (overAgent && type != resting) {
            lose();
        } else if (isRound(support) && x > 0 && isFree(cell - 1) && isFree(below - 1)) {
            world.cells[cell] = World.EMPTY;
            world.cells[cell - 1] = resting;
        } else if (isRound(support) && x < world.width - 1 && isFree(cell + 1) && isFree(below + 1)) {
            world.cells[cell] = World.EMPTY;
            world.cells[cell + 1] = resting;
        } else {
            world.cells[cell] = resting;
        }
    }

    private static boolean isRound(int type) {
        return type >= BOULDER && type <= FALLING_DIAMOND;
    }

    private boolean isFree(int cell) {
        return world.cell(cell) == World.EMPTY && cell != agentCell();
    }

    @Override
    int imageOf(int type) {
        return type == FALLING_BOULDER ? BOULDER : type == FALLING_DIAMOND ? DIAMOND : type;
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(diamondsLeft);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        diamondsLeft = in.readInt();
    }
}
