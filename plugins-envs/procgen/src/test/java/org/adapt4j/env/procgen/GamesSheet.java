package org.adapt4j.env.procgen;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Shows all games on one sheet, to be looked at by people: {@code docs/games.png}. Two games a row, each on three easy and three hard levels after some
 * random play.
 *
 * <p>Argument: the file to write.
 */
final class GamesSheet {

    private static final int ZOOM = 2;
    private static final int GAP = 4;
    private static final int CELL = Game.FRAME_SIDE * ZOOM + GAP;
    private static final int FRAMES = 6;

    private GamesSheet() {}

    public static void main(String[] arguments) throws IOException {
        GameName[] games = GameName.values();
        BufferedImage sheet = new BufferedImage(
                2 * FRAMES * CELL + 3 * GAP, games.length / 2 * CELL + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(new Color(40, 40, 46));
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < games.length * FRAMES; i++) {
            int game = i / FRAMES;
            int frame = i % FRAMES;
            int x = GAP + game % 2 * (FRAMES * CELL + GAP) + frame * CELL;
            int y = GAP + game / 2 * CELL;
            BufferedImage picture = Frames.image(played(games[game], frame));
            g.drawImage(picture, x, y, Game.FRAME_SIDE * ZOOM, Game.FRAME_SIDE * ZOOM, null);
        }
        g.dispose();
        ImageIO.write(sheet, "png", new File(arguments[0]));
    }

    private static byte[] played(GameName name, int number) {
        Mode mode = number < FRAMES / 2 ? Mode.EASY : Mode.HARD;
        Game game = name.info().maker().apply(Frames.options(mode));
        byte[] frame = new byte[Game.FRAME_BYTES];
        Random random = new Random(number);
        game.start(number + 2);
        for (int step = 0; step < 45 * (number % 3); step++) {
            game.step(random.nextInt(Game.ACTIONS));
            if (game.end() != End.NONE) {
                game.start(number + step);
            }
        }
        game.paint(frame);
        return frame;
    }
}
