package org.adapt4j.env.imujoco;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.adapt4j.api.environment.Picture;

/** Draws {@code docs/contact-sheet.png}: each body as it is and in two variants, some steps into the same movement. */
final class ContactSheet {

    private static final String[][] TASKS = {
        {"hopper/base", "hopper/lengthinc-150-footgeom", "hopper/jointdec-50-legjoint"},
        {"halfcheetah/base", "halfcheetah/lengthinc-100-ffoot", "halfcheetah/massinc-300-bthigh"},
        {"walker2d/base", "walker2d/lengthinc-200-torsogeom", "walker2d/frictioninc-50-footleftgeom"},
    };
    private static final int CAPTION = 20;
    private static final int GAP = 4;

    private ContactSheet() {}

    /** Run from {@code plugins-envs/imujoco}. */
    public static void main(String[] arguments) throws IOException {
        int wide = 3 * 240 + 4 * GAP;
        BufferedImage sheet = new BufferedImage(wide, 3 * (180 + CAPTION) + 4 * GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D ink = sheet.createGraphics();
        ink.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        ink.setColor(Color.WHITE);
        ink.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        ink.setColor(Color.DARK_GRAY);
        ink.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        for (int row = 0; row < TASKS.length; row++) {
            for (int column = 0; column < 3; column++) {
                int x = GAP + column * (240 + GAP);
                int y = GAP + row * (180 + CAPTION + GAP);
                ink.drawImage(picture(TASKS[row][column]), x, y, null);
                ink.drawString(TASKS[row][column], x + 4, y + 180 + 15);
            }
        }
        ink.dispose();
        Path file = Path.of("docs/contact-sheet.png");
        ImageIO.write(sheet, "png", file.toFile());
    }

    private static BufferedImage picture(String task) {
        Body body = Body.valueOf(task.substring(0, task.indexOf('/')).toUpperCase(Locale.ROOT));
        try (Play play = new Play(Play.endless(body), task)) {
            int steps = body == Body.HALFCHEETAH ? 14 : 24;
            for (int t = 0; t < steps; t++) {
                double[] action = new double[body.actions()];
                for (int i = 0; i < action.length; i++) {
                    action[i] = body == Body.HALFCHEETAH ? 0.5 * Math.sin(0.4 * t + 1.3 * i) : i < 3 ? -0.35 : 0.2;
                }
                play.step(action);
            }
            Picture seen = play.environment().picture(0).orElseThrow();
            BufferedImage image = new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < seen.width() * seen.height(); i++) {
                int rgb = (seen.rgb().get(3 * i) & 255) << 16
                        | (seen.rgb().get(3 * i + 1) & 255) << 8
                        | (seen.rgb().get(3 * i + 2) & 255);
                image.setRGB(i % seen.width(), i / seen.width(), rgb);
            }
            return image;
        }
    }
}
