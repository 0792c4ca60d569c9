package org.adapt4j.env.mujoco.render;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a camera saw, in memory outside Java's heap that is used again for the next picture. Row 0 is at the top, column 0 on the left.
 * Only what is wanted is there and is drawn.
 */
public final class Image {

    private static final int LARGEST = 8192;

    private final int width;
    private final int height;
    private final @Nullable ByteBuffer rgb;
    private final @Nullable FloatBuffer depth;
    private final @Nullable IntBuffer segmentation;

    /**
     * An image of a size in pixels.
     *
     * @param rgb whether colours are wanted
     * @param depth whether depths are wanted
     * @param segmentation whether it is wanted which geom is where
     */
    public Image(int width, int height, boolean rgb, boolean depth, boolean segmentation) {
        checkSize(width, height);
        this.width = width;
        this.height = height;
        int pixels = width * height;
        this.rgb = rgb ? direct(3 * pixels) : null;
        this.depth = depth ? direct(4 * pixels).asFloatBuffer() : null;
        this.segmentation = segmentation ? direct(4 * pixels).asIntBuffer() : null;
    }

    static void checkSize(int width, int height) {
        if (width < 1 || height < 1 || width > LARGEST || height > LARGEST) {
            throw new IllegalArgumentException(
                    "a picture has 1 to " + LARGEST + " pixels in each direction, not " + width + " by " + height);
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** Whether colours are drawn. */
    public boolean hasRgb() {
        return rgb != null;
    }

    /** Whether depths are drawn. */
    public boolean hasDepth() {
        return depth != null;
    }

    /** Whether it is drawn which geom is where. */
    public boolean hasSegmentation() {
        return segmentation != null;
    }

    /** Red, green and blue: bytes {@code [height, width, 3]}, from index 0. */
    public ByteBuffer rgb() {
        return present(rgb, "colours");
    }

    /** Metres along the camera's optical axis, {@code [height, width]}, from index 0; the camera's farthest where nothing is seen. */
    public FloatBuffer depth() {
        return present(depth, "depths");
    }

    /** Numbers of the geoms that are seen, {@code [height, width]}, from index 0; -1 where there is none. */
    public IntBuffer segmentation() {
        return present(segmentation, "segmentation");
    }

    private static <T> T present(@Nullable T buffer, String what) {
        if (buffer == null) {
            throw new IllegalStateException("the image was made without " + what);
        }
        return buffer;
    }
}
