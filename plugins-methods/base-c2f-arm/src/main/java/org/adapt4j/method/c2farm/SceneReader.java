package org.adapt4j.method.c2farm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;

/** What of an observation goes where: a picture and its depth become coloured points, vectors become one vector. */
final class SceneReader {

    private static final float[] COLOURS = new float[256];

    static {
        for (int intensity = 0; intensity < COLOURS.length; intensity++) {
            COLOURS[intensity] = intensity / 255f * 2 - 1;
        }
    }

    private final EnvironmentSpec spec;
    private final int picture;
    private final int depth;
    private final int[] vectors;
    private final int lowDim;
    private final boolean channelsFirst;
    private final Camera camera;
    private final float[] points;
    private final float[] colours;

    /**
     * Reads observations that a benchmark describes.
     *
     * @throws IllegalArgumentException if something is not there, or has another shape; says what to change
     */
    SceneReader(EnvironmentSpec spec, C2fArmSettings.Scene scene) {
        this.spec = spec;
        picture = find(scene.camera() + "-rgb", "scene.camera");
        depth = find(scene.camera() + "-depth", "scene.camera");
        Box seen = box(picture, Element.UINT8, 3, "a picture of bytes, [height, width, 3] or [3, height, width]");
        channelsFirst = seen.shape().get(2) != 3;
        require(
                !channelsFirst || seen.shape().get(0) == 3,
                picture,
                "a picture of bytes, [height, width, 3] or [3, height, width]");
        int height = seen.shape().get(channelsFirst ? 1 : 0);
        int width = seen.shape().get(channelsFirst ? 2 : 1);
        Box far = (Box) spec.observation().get(depth).space();
        require(
                far.element() == Element.FLOAT32 && far.width() == height * width,
                depth,
                "depths in metres of " + height + " by " + width + " pixels, as the picture has");
        camera = scene.camera(height, width);
        points = new float[3 * height * width];
        colours = new float[3 * height * width];
        vectors = new int[scene.lowDim().size()];
        int numbers = 0;
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = find(scene.lowDim().get(i), "scene.low-dim");
            numbers += box(vectors[i], Element.FLOAT32, 1, "a vector of floats").width();
        }
        lowDim = numbers;
        require(lowDim > 0, picture, "a vector beside it, named in scene.low-dim");
    }

    private int find(String name, String key) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < spec.observation().size(); c++) {
            Component component = spec.observation().get(c);
            names.add(component.name());
            // What benchmarks take over from elsewhere may have another mark between words.
            if (component.name().replace('_', '-').equals(name.replace('_', '-')) && component.space() instanceof Box) {
                return c;
            }
        }
        throw new IllegalArgumentException("c2f-arm looks at '" + name + "', but the observation has only " + names
                + ": set the algorithm's " + key + ", or have the benchmark draw it");
    }

    private Box box(int component, Element element, int rank, String wanted) {
        Box box = (Box) spec.observation().get(component).space();
        require(box.element() == element && box.shape().size() == rank, component, wanted);
        return box;
    }

    private void require(boolean condition, int component, String wanted) {
        if (!condition) {
            Component seen = spec.observation().get(component);
            throw new IllegalArgumentException(
                    "c2f-arm needs '" + seen.name() + "' to be " + wanted + ", but it is " + seen.space());
        }
    }

    Camera camera() {
        return camera;
    }

    /** Numbers of the vector. */
    int lowDim() {
        return lowDim;
    }

    /** Positions of the components that are read: picture, depth, vectors. */
    int[] components() {
        int[] all = new int[2 + vectors.length];
        all[0] = picture;
        all[1] = depth;
        System.arraycopy(vectors, 0, all, 2, vectors.length);
        return all;
    }

    /** Name of a component. */
    String name(int component) {
        return spec.observation().get(component).name();
    }

    /**
     * Looks at a picture. What it shows stands in {@link #points} and {@link #colours} until the next call.
     *
     * @param columns in the order of {@link #components}
     * @throws NotFiniteException if a depth is infinite or no number
     */
    void read(ByteBuffer[] columns, int row) {
        int pixels = camera.height() * camera.width();
        camera.points(columns[1], Float.BYTES * pixels * row, points);
        float any = 0;
        for (float coordinate : points) {
            any += coordinate;
        }
        if (!Float.isFinite(any)) {
            requireFinite(columns[1], Float.BYTES * pixels * row, pixels);
        }
        int at = 3 * pixels * row;
        ByteBuffer bytes = columns[0];
        if (channelsFirst) {
            for (int channel = 0; channel < 3; channel++) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    colours[3 * pixel + channel] = colour(bytes.get(at + channel * pixels + pixel));
                }
            }
        } else {
            for (int i = 0; i < 3 * pixels; i++) {
                colours[i] = colour(bytes.get(at + i));
            }
        }
    }

    private void requireFinite(ByteBuffer depths, int at, int pixels) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            float far = depths.getFloat(at + Float.BYTES * pixel);
            if (!Float.isFinite(far)) {
                throw new NotFiniteException(name(depth), far);
            }
        }
    }

    private static float colour(byte intensity) {
        return COLOURS[intensity & 0xff];
    }

    /** Points of the world in metres, {@code [height, width, 3]}; live. */
    float[] points() {
        return points;
    }

    /** Their colours from −1 to 1; live. */
    float[] colours() {
        return colours;
    }

    /** The vector of a row. @param columns in the order of {@link #components} */
    void vector(ByteBuffer[] columns, int row, float[] into, int at) {
        int to = at;
        for (int i = 0; i < vectors.length; i++) {
            int width = spec.observation().get(vectors[i]).space().width();
            for (int k = 0; k < width; k++) {
                into[to++] = columns[2 + i].getFloat(Float.BYTES * (row * width + k));
            }
        }
    }
}
