package org.adapt4j.env.rlbench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.render.Camera;
import org.adapt4j.env.mujoco.render.GeomScene;
import org.adapt4j.env.mujoco.render.Image;
import org.adapt4j.env.mujoco.render.PointCloud;
import org.adapt4j.env.mujoco.render.Renderer;
import org.adapt4j.toolkit.environment.Observation;

/** What one camera sees of one world, in memory that the next picture uses again. Draws only what is asked for. */
final class CameraView {

    private static final double NEAREST = 0.01;

    /** The wrist camera lies within the round shapes that stand for the hand, and looks through them. */
    private static final double NEAREST_OF_WRIST = 0.095;

    private final Camera camera;
    private final Renderer renderer;
    private final Image image;
    private final boolean rgb;
    private final boolean depth;
    private final boolean cloud;
    private final boolean mask;
    private final ByteBuffer depths;
    private final ByteBuffer points;
    private final ByteBuffer shapes;
    private final FloatBuffer depthNumbers;
    private final FloatBuffer pointNumbers;
    private final IntBuffer shapeNumbers;

    CameraView(Simulation simulation, String name, RlbenchSettings.View view) {
        rgb = view.rgb().orElse(true);
        depth = view.depth().orElse(false);
        cloud = view.pointCloud().orElse(false);
        mask = view.mask().orElse(false);
        camera = camera(simulation.model(), name);
        renderer = new Renderer(view.width(), view.height());
        image = new Image(view.width(), view.height(), rgb, depth || cloud, mask);
        int pixels = view.width() * view.height();
        depths = direct(depth ? pixels : 0);
        points = direct(cloud ? 3 * pixels : 0);
        shapes = direct(mask ? pixels : 0);
        depthNumbers = depths.asFloatBuffer();
        pointNumbers = points.asFloatBuffer();
        shapeNumbers = shapes.asIntBuffer();
    }

    /** A camera, with the depths between which it sees. */
    static Camera camera(Model model, String name) {
        return Camera.named(model, name).between(name.equals("wrist") ? NEAREST_OF_WRIST : NEAREST, farthest(name));
    }

    private static ByteBuffer direct(int numbers) {
        return ByteBuffer.allocateDirect(4 * numbers).order(ByteOrder.nativeOrder());
    }

    private static double farthest(String name) {
        Double far = RlbenchSettings.CAMERAS.get(name);
        if (far == null) {
            throw new IllegalArgumentException("no camera '" + name + "'");
        }
        return far;
    }

    /** Components of the observation that a camera gives, in the order in which {@link #write} writes them. */
    static List<Component> components(String name, RlbenchSettings.View view) {
        String prefix = name.replace('_', '-');
        int height = view.height();
        int width = view.width();
        List<Component> components = new ArrayList<>();
        if (view.rgb().orElse(true)) {
            components.add(new Component(prefix + "-rgb", Box.image(height, width, 3)));
        }
        if (view.depth().orElse(false)) {
            components.add(new Component(
                    prefix + "-depth", new Box(Element.FLOAT32, List.of(height, width), 0, (float) farthest(name))));
        }
        if (view.pointCloud().orElse(false)) {
            components.add(new Component(
                    prefix + "-point-cloud", new Box(Element.FLOAT32, List.of(height, width, 3), -20, 20)));
        }
        if (view.mask().orElse(false)) {
            components.add(new Component(
                    prefix + "-mask", new Box(Element.INT32, List.of(height, width), -1, Integer.MAX_VALUE)));
        }
        return components;
    }

    /** Draws what is seen now. @param scene of the world, read anew before */
    void draw(GeomScene scene, Simulation simulation) {
        camera.read(simulation);
        renderer.draw(scene, camera, image);
        if (depth) {
            depthNumbers.put(0, image.depth(), 0, depthNumbers.limit());
        }
        if (cloud) {
            PointCloud.write(camera, image, pointNumbers);
        }
        if (mask) {
            shapeNumbers.put(0, image.segmentation(), 0, shapeNumbers.limit());
        }
    }

    /** Writes what was drawn, from a component on. @return the next component */
    int write(Observation into, int component) {
        int at = component;
        if (rgb) {
            into.put(at++, image.rgb());
        }
        if (depth) {
            into.put(at++, depths);
        }
        if (cloud) {
            into.put(at++, points);
        }
        if (mask) {
            into.put(at++, shapes);
        }
        return at;
    }
}
