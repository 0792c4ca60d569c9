package org.adapt4j.env.procgen;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Shows all of CoinRun's art on one sheet, to be looked at by people: {@code docs/contact-sheet.png}.
 *
 * <p>Argument: the file to write.
 */
final class ContactSheet {

    private static final int ZOOM = 3;
    private static final int GAP = 4;
    private static final int CELL = Game.FRAME_SIDE * ZOOM + GAP;
    private static final int COLUMNS = 8;
    private static final int HARD_ROWS = 4;
    private static final int OBJECT = 48;
    private static final int AGENTS = 5;
    private static final int POSES = 4;
    private static final int ENEMIES = 9;
    private static final int CRATES = 4;
    private static final int WALLS = 6;

    private ContactSheet() {}

    public static void main(String[] arguments) throws IOException {
        int rows = HARD_ROWS + 3;
        BufferedImage sheet =
                new BufferedImage(COLUMNS * CELL + GAP, rows * CELL + 3 * (OBJECT + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(new Color(40, 40, 46));
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < 2 * COLUMNS; i++) {
            LevelOptions easy = Frames.options(Mode.EASY);
            put(g, Frames.played(easy, i, i < COLUMNS ? 0 : 30), i % COLUMNS, i / COLUMNS);
        }
        for (int i = 0; i < HARD_ROWS * COLUMNS; i++) {
            LevelOptions hard = Frames.options(Mode.HARD);
            put(g, Frames.played(hard, i, 20 + i), i % COLUMNS, 2 + i / COLUMNS);
        }
        for (int i = 0; i < COLUMNS; i++) {
            LevelOptions whole = new LevelOptions(Mode.HARD, false, true, false, false, i % 2 == 0, false, 0);
            put(g, Frames.played(whole, 40 + i, 10), i, rows - 1);
        }
        objects(g, rows * CELL + GAP);
        g.dispose();
        ImageIO.write(sheet, "png", new File(arguments[0]));
    }

    private static void put(Graphics2D g, byte[] frame, int column, int row) {
        g.drawImage(
                Frames.image(frame),
                GAP + column * CELL,
                GAP + row * CELL,
                Game.FRAME_SIDE * ZOOM,
                Game.FRAME_SIDE * ZOOM,
                null);
    }

    /** Every picture as it is drawn, before it is shrunk. */
    private static void objects(Graphics2D g, int top) {
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.setColor(new Color(170, 195, 215));
        g.fillRect(0, top, COLUMNS * CELL + GAP, 3 * OBJECT + 2 * GAP);
        int x = GAP;
        for (int i = 0; i < AGENTS * POSES; i++) {
            int look = i;
            BufferedImage agent = Shapes.draw(1, 2, p -> CoinRunArt.agent(p, look / POSES, look % POSES));
            g.drawImage(agent, x, top, OBJECT, 2 * OBJECT, null);
            x += OBJECT + GAP;
        }
        for (int i = 0; i <= WALLS; i++) {
            int theme = i;
            BufferedImage body =
                    Shapes.draw(2, 2, theme < WALLS ? p -> CoinRunArt.ground(p, theme) : p -> CoinRunArt.lava(p, 0));
            BufferedImage surface = Shapes.draw(
                    2, 2, theme < WALLS ? p -> CoinRunArt.groundTop(p, theme) : p -> CoinRunArt.lavaTop(p, 0));
            g.drawImage(surface, x + i * (OBJECT + GAP), top, OBJECT, OBJECT, null);
            g.drawImage(body, x + i * (OBJECT + GAP), top + OBJECT, OBJECT, OBJECT, null);
        }
        x = GAP;
        int next = top + 2 * OBJECT + GAP;
        for (int i = 0; i < 2 * ENEMIES; i++) {
            int look = i;
            x = object(g, p -> CoinRunArt.enemy(p, look / 2, look % 2), x, next);
        }
        for (int i = 0; i < 2; i++) {
            int pose = i;
            x = object(g, p -> CoinRunArt.saw(p, pose), x, next);
        }
        for (int i = 0; i < CRATES; i++) {
            int look = i;
            x = object(g, p -> CoinRunArt.crate(p, look), x, next);
        }
        object(g, p -> CoinRunArt.coin(p, 0), x, next);
    }

    private static int object(Graphics2D g, Consumer<Graphics2D> drawing, int x, int y) {
        g.drawImage(Shapes.draw(1, 1, drawing), x, y, OBJECT, OBJECT, null);
        return x + OBJECT + GAP;
    }
}
