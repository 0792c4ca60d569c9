package org.adapt4j.env.mujoco.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;

/** A model, placed as it is compiled, with a scene that has been read. */
final class Stage implements AutoCloseable {

    final Model model;
    final Simulation simulation;
    final GeomScene scene;

    private Stage(Model model) {
        this.model = model;
        simulation = new Simulation(model);
        simulation.placeBodies();
        scene = GeomScene.of(model);
        scene.read(simulation);
    }

    /** Forty geoms around a table, with the cameras {@code front}, {@code shoulder} and {@code wrist}. */
    static Stage table() {
        try (InputStream in = Stage.class.getResourceAsStream("table.xml")) {
            return new Stage(Model.parse("table.xml", new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A world of some elements of MJCF. */
    static Stage world(String elements) {
        return of("<mujoco><worldbody>" + elements + "</worldbody></mujoco>");
    }

    static Stage of(String xml) {
        return new Stage(Model.parse("world", xml));
    }

    Camera camera(String name) {
        Camera camera = Camera.named(model, name);
        camera.read(simulation);
        return camera;
    }

    /** All there is to see through a camera. */
    Image draw(Camera camera, int width, int height) {
        Image image = new Image(width, height, true, true, true);
        new Renderer(width, height).draw(scene, camera, image);
        return image;
    }

    /** Number of a geom of the model. */
    int geom(String name) {
        return model.geoms().indexOf(name);
    }

    /** Red, green and blue of a pixel, 0 to 255. */
    static int[] pixel(Image image, int column, int row) {
        int at = 3 * (row * image.width() + column);
        return new int[] {
            image.rgb().get(at) & 255,
            image.rgb().get(at + 1) & 255,
            image.rgb().get(at + 2) & 255
        };
    }

    @Override
    public void close() {
        simulation.close();
        model.close();
    }
}
