package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;

/**
 * Maze (Cobbe et al. 2020, appendix B): a mouse looks for the cheese. Nothing kills.
 *
 * <p>Source of the rules: openai/procgen, maze.
 */
final class MazeGame extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(MazeGame::new, 500, new GameInfo.Scores(5, 10), new GameInfo.Scores(4, 10))
            .and(Mode.MEMORY)
            .exploring(158988835)
            .completedAt(10);

    private static final int CHEESE = 2;

    private static final Looks LOOKS = new Looks(Backgrounds.TOP_DOWN)
            .with(World.AGENT, Creatures::mouse, 1, 1)
            .with(CHEESE, Things::cheese, 1, 1)
            .ground(World.WALL, Grounds::sand, 1);

    MazeGame(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = World.WALL;
        view = 8;
        follows = is(Mode.MEMORY);
        gridSteps = true;
        drawsStart = false;
        showsVelocity = false;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 15 : is(Mode.MEMORY) ? 31 : 25;
        world.height = world.width;
    }

    @Override
    void generate() {
        int side = random.below((world.width - 1) / 2) * 2 + 3;
        int margin = (world.width - side) / 2;
        agent.rx = .5f;
        agent.ry = .5f;
        agent.x = margin + .5f;
        agent.y = margin + .5f;
        Maze maze = new Maze(random, side);
        maze.carve();
        maze.place(CHEESE, 1);
        world.fill(0, 0, world.width, world.height, World.WALL);
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                world.set(margin + x, margin + y, maze.cell(x, y));
            }
        }
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
    void play() {
        faceWish(true);
        int x = (int) agent.x;
        int y = (int) agent.y;
        if (world.cell(x, y) == CHEESE) {
            world.set(x, y, World.EMPTY);
            win(10);
        }
    }

    @Override
    void saveOwn(DataOutputStream out) {}

    @Override
    void loadOwn(DataInputStream in) {}
}
