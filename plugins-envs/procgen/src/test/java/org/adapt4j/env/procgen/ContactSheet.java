package org.adapt4j.env.procgen;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
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
        for (int i = 0; i < CoinRunArt.AGENTS * CoinRunArt.POSES; i++) {
            BufferedImage agent = CoinRunArt.agentPicture(i / CoinRunArt.POSES, i % CoinRunArt.POSES);
            g.drawImage(agent, x, top, OBJECT, 2 * OBJECT, null);
            x += OBJECT + GAP;
        }
        for (int kind = 0; kind < CoinRunArt.LAVA + 2; kind++) {
            int column = kind / 2;
            g.drawImage(
                    CoinRunGrounds.picture(kind ^ 1),
                    x + column * (OBJECT + GAP),
                    top + kind % 2 * OBJECT,
                    OBJECT,
                    OBJECT,
                    null);
        }
        x = GAP;
        int next = top + 2 * OBJECT + GAP;
        for (int i = 0; i < 2 * CoinRunArt.ENEMIES; i++) {
            g.drawImage(CoinRunArt.enemyPicture(i / 2, i % 2), x, next, OBJECT, OBJECT, null);
            x += OBJECT + GAP;
        }
        for (int i = 0; i < 2; i++) {
            g.drawImage(CoinRunArt.sawPicture(i), x, next, OBJECT, OBJECT, null);
            x += OBJECT + GAP;
        }
        for (int i = 0; i < CoinRunArt.CRATES; i++) {
            g.drawImage(CoinRunArt.cratePicture(i), x, next, OBJECT, OBJECT, null);
            x += OBJECT + GAP;
        }
        g.drawImage(CoinRunArt.coinPicture(), x, next, OBJECT, OBJECT, null);
    }
}
