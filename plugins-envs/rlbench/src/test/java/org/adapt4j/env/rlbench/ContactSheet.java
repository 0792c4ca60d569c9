package org.adapt4j.env.rlbench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.render.Camera;
import org.adapt4j.env.mujoco.render.Film;
import org.adapt4j.env.rlbench.task.Tasks;
import org.adapt4j.toolkit.environment.Ending;

/**
 * Draws all tasks side by side, for the module's README: as an episode begins, by the camera before the robot and from behind it, and as
 * the expert leaves it.
 *
 * <pre>java -cp ... org.adapt4j.env.rlbench.ContactSheet docs/tasks.png [task ...]</pre>
 */
final class ContactSheet {

    private static final int COLUMNS = 3;
    private static final int TILE = 200;
    private static final int LABEL = 20;
    private static final int GAP = 6;
    private static final int PICTURE = 320;
    private static final int MOST_STEPS = 900;

    private ContactSheet() {}

    /**
     * Writes the sheet.
     *
     * @param arguments where to, then tasks; none: all
     */
    public static void main(String... arguments) throws IOException {
        List<String> named = List.of(arguments).subList(1, arguments.length);
        List<String> names = named.isEmpty() ? List.copyOf(Tasks.names()) : named;
        int rows = (names.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage sheet =
                new BufferedImage(COLUMNS * (3 * TILE + GAP), rows * (TILE + LABEL + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        for (int i = 0; i < names.size(); i++) {
            int left = i % COLUMNS * (3 * TILE + GAP);
            int top = i / COLUMNS * (TILE + LABEL + GAP);
            pen.setColor(Color.BLACK);
            pen.drawString(names.get(i), left + 2, top + LABEL - 5);
            draw(pen, names.get(i), left, top + LABEL);
        }
        pen.dispose();
        ImageIO.write(sheet, "png", Path.of(arguments[0]).toFile());
    }

    private static void draw(Graphics2D pen, String name, int left, int top) {
        RlbenchBenchmark benchmark = Benches.of("tasks = [" + name + "], episode { max-steps = " + MOST_STEPS + " }");
        Task task = benchmark.task("rlbench/" + name).orElseThrow();
        try (RlbenchBenchmark.Models models = new RlbenchBenchmark.Models();
                RlbenchSlot slot = benchmark.slot(models, TaskSet.of(task), new SplittableRandom(11))) {
            for (int attempt = 0; attempt < 5 && !slot.isDone(); attempt++) {
                slot.begin(task);
                pen.drawImage(fromTheFront(slot), left, top, TILE, TILE, null);
                pen.drawImage(fromBehind(slot), left + TILE, top, TILE, TILE, null);
                float[] action = new float[8];
                for (int step = 0; step < MOST_STEPS && slot.ending() == Ending.NONE && slot.show(action); step++) {
                    slot.act(action);
                }
                pen.drawImage(fromTheFront(slot), left + 2 * TILE, top, TILE, TILE, null);
            }
        }
    }

    /** What the camera before the robot sees, without the borders where no task has anything. */
    private static BufferedImage fromTheFront(RlbenchSlot slot) {
        Simulation simulation = slot.playing().world().simulation();
        Camera camera = CameraView.camera(simulation.model(), "front");
        simulation.placeBodies();
        camera.read(simulation);
        return seen(slot, camera).getSubimage(50, PICTURE - 220, 220, 220);
    }

    /** What turns to the robot: from beside its base. */
    private static BufferedImage fromBehind(RlbenchSlot slot) {
        return seen(slot, Camera.lookingAt(0.27, 0, 0.87, 1.25, -50, -30, 40));
    }

    private static BufferedImage seen(RlbenchSlot slot, Camera camera) {
        Simulation simulation = slot.playing().world().simulation();
        simulation.placeBodies();
        ByteBuffer rgb = Film.draw(simulation, camera, PICTURE, PICTURE);
        BufferedImage image = new BufferedImage(PICTURE, PICTURE, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < PICTURE * PICTURE; pixel++) {
            int red = rgb.get(3 * pixel) & 0xff;
            int green = rgb.get(3 * pixel + 1) & 0xff;
            int blue = rgb.get(3 * pixel + 2) & 0xff;
            image.setRGB(pixel % PICTURE, pixel / PICTURE, red << 16 | green << 8 | blue);
        }
        return image;
    }
}
