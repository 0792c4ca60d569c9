package org.adapt4j.env.mujoco.render;

import java.nio.ByteBuffer;
import org.adapt4j.env.mujoco.Simulation;

/** Pictures for people: smooth edges and shadows. */
public final class Film {

    /** Rays a pixel, in each direction. */
    private static final int SAMPLES = 3;

    private Film() {}

    /**
     * Draws the present state. Memory is made anew for each picture.
     *
     * @param simulation whose geoms are placed by this ({@link Simulation#placeBodies})
     * @param camera where it is, or, for one of the model, whichever place was {@linkplain Camera#read read} last
     * @return bytes {@code [height, width, 3]} of red, green and blue, from index 0
     */
    public static ByteBuffer draw(Simulation simulation, Camera camera, int width, int height) {
        simulation.placeBodies();
        GeomScene scene = GeomScene.of(simulation.model());
        scene.read(simulation);
        Renderer renderer = new Renderer(SAMPLES * width, SAMPLES * height, Renderer.Shadows.ON_ALL);
        renderer.draw(scene, camera);
        ByteBuffer picture = ByteBuffer.allocate(3 * width * height);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < 3 * width; column++) {
                picture.put(3 * row * width + column, mean(renderer.rgb, width, row, column / 3, column % 3));
            }
        }
        return picture;
    }

    private static byte mean(byte[] rgb, int width, int row, int column, int colour) {
        int sum = 0;
        for (int down = 0; down < SAMPLES; down++) {
            int first = (SAMPLES * row + down) * SAMPLES * width + SAMPLES * column;
            for (int across = 0; across < SAMPLES; across++) {
                sum += rgb[3 * (first + across) + colour] & 255;
            }
        }
        return (byte) ((2 * sum + SAMPLES * SAMPLES) / (2 * SAMPLES * SAMPLES));
    }
}
