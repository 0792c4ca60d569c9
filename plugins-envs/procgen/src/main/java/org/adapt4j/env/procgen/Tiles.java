package org.adapt4j.env.procgen;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All pictures of a game, drawn for one scale. Made once per process, immutable, shared by threads. */
final class Tiles {

    private record Key(Looks looks, int view) {}

    static final Tiles NONE = new Tiles();

    private static final Map<Key, Tiles> SHARED = new ConcurrentHashMap<>();

    /** In cells: what lies in the grid is as large as a cell with its margins. */
    private static final float CELL_SIZE = 1.04f;

    /** By image and theme. */
    private final Ground[][] grounds = new Ground[World.EMPTY][0];

    private final Sprite[][] sprites = new Sprite[World.EMPTY][0];

    private Tiles() {}

    private Tiles(Looks looks, int view) {
        double unit = (double) Game.FRAME_SIDE / view;
        for (int image = 0; image < World.EMPTY; image++) {
            int themes = looks.themes(image);
            boolean ground = looks.isGround(image);
            grounds[image] = new Ground[ground ? themes : 0];
            sprites[image] = new Sprite[ground ? 0 : themes];
            Looks.Picture picture = looks.picture(image);
            for (int i = 0; i < themes; i++) {
                int theme = i;
                double standing = looks.standing(image);
                if (ground) {
                    grounds[image][i] = new Ground(Shapes.draw(2, 2, g -> picture.draw(g, theme)), view);
                } else if (standing > 0) {
                    BufferedImage large = Shapes.draw(1, 2, g -> picture.draw(g, theme));
                    sprites[image][i] = new Sprite(large, unit, standing * unit);
                } else {
                    double side = looks.isInCells(image) ? CELL_SIZE * unit : unit;
                    sprites[image][i] = new Sprite(Shapes.draw(1, 1, g -> picture.draw(g, theme)), side, side);
                }
            }
        }
    }

    /** @param view cells across the frame */
    static Tiles of(Looks looks, int view) {
        return SHARED.computeIfAbsent(new Key(looks, view), key -> new Tiles(key.looks, key.view));
    }

    Ground ground(int image, int theme) {
        return grounds[image][theme];
    }

    Sprite sprite(int image, int theme) {
        return sprites[image][theme];
    }
}
