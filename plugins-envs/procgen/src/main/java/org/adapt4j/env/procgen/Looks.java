package org.adapt4j.env.procgen;

import java.awt.Graphics2D;
import java.util.Arrays;

/**
 * What the things of a game look like: per image a picture of our own in each of its themes, and the sizes of the native library's
 * pictures, which decide hit boxes.
 *
 * <p>Source of the sizes: openai/procgen, the headers of its image files.
 */
final class Looks {

    /** Draws itself, in one of its themes, into the unit square; y goes down. */
    interface Picture {
        void draw(Graphics2D g, int theme);
    }

    private final Backgrounds backgrounds;
    private final Picture[] pictures = new Picture[World.EMPTY];
    private final float[][] aspects = new float[World.EMPTY][];
    private final boolean[] solid = new boolean[World.EMPTY];
    private final double[] heights = new double[World.EMPTY];
    private final double[] tiles = new double[World.EMPTY];
    private final boolean[] inCells = new boolean[World.EMPTY];
    private final double[] standing = new double[World.EMPTY];
    private boolean inAdvance;

    Looks(Backgrounds backgrounds) {
        this.backgrounds = backgrounds;
        Arrays.fill(heights, 1);
        for (int i = World.EXPLOSION; i <= World.LAST_EXPLOSION; i++) {
            int stage = i - World.EXPLOSION;
            with(i, (g, theme) -> Things.explosion(g, stage), 1, 1);
        }
        with(World.TRAIL, Things::puff, 1, 1);
    }

    /**
     * Adds an image.
     *
     * @param sizes width and height of the native picture of each theme
     */
    Looks with(int image, Picture picture, int... sizes) {
        pictures[image] = picture;
        aspects[image] = new float[sizes.length / 2];
        for (int theme = 0; theme < sizes.length / 2; theme++) {
            aspects[image][theme] = (float) ((double) sizes[2 * theme] / sizes[2 * theme + 1]);
        }
        return this;
    }

    /** Adds an image whose box does not depend on its picture. */
    Looks square(int image, Picture picture, int themes) {
        int[] sizes = new int[2 * themes];
        Arrays.fill(sizes, 1);
        return with(image, picture, sizes);
    }

    /** Adds an image that fills cells and is drawn over two by two of them. */
    Looks ground(int image, Picture picture, int themes) {
        solid[image] = true;
        return square(image, picture, themes);
    }

    /** Draws an image taller than its box, by a factor. */
    Looks tall(int image, double factor) {
        heights[image] = factor;
        return this;
    }

    /** Lays an image side by side along its box, each piece so many times as long as it is wide. */
    Looks tiled(int image, double ratio) {
        tiles[image] = ratio;
        return this;
    }

    /** Draws all pictures once for the camera's scale instead of for each size that comes up, see {@link TileBrush}; what is said there has to hold. */
    Looks inAdvance() {
        inAdvance = true;
        return this;
    }

    /** Fills cells, but lets through what is behind; of pictures drawn in advance. */
    Looks inCells(int image) {
        inCells[image] = true;
        return this;
    }

    /** Stands on the lower edge of its box, so many cells high, in a picture of one by two cells; of pictures drawn in advance. */
    Looks standing(int image, double height) {
        standing[image] = height;
        return this;
    }

    Backgrounds backgrounds() {
        return backgrounds;
    }

    /** How many looks an image has, or 0 if there is no such image. */
    int themes(int image) {
        return aspects[image] == null ? 0 : aspects[image].length;
    }

    float aspect(int image, int theme) {
        return aspects[image][theme];
    }

    Picture picture(int image) {
        return pictures[image];
    }

    boolean isGround(int image) {
        return solid[image];
    }

    boolean isInAdvance() {
        return inAdvance;
    }

    boolean isInCells(int image) {
        return inCells[image];
    }

    /** 0 for images as high as their box. */
    double standing(int image) {
        return standing[image];
    }

    double height(int image) {
        return heights[image];
    }

    /** 0 for images in one piece. */
    double tile(int image) {
        return tiles[image];
    }
}
