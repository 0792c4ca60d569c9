package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A thing in the world: a box with a centre, half sizes and a velocity, in cells and cells per step, single precision.
 *
 * <p>Source: openai/procgen, the entities of its games. Reused by {@link World}, so nobody may keep one that is gone.
 */
final class Entity {

    private static final int EXPLOSION_STEPS = 4;
    private static final int NEVER = -1;

    float x;
    float y;
    float vx;
    float vy;
    float rx;
    float ry;

    int type;

    /** What it looks like: as things of this type do, in one of their themes. */
    int image;

    int theme;

    /** Layers are drawn from -1, behind the grid, to 1. */
    int layer;

    /** Radians, clockwise. */
    float rotation;

    float spin;
    boolean mirrored;
    float opacity;

    /** Factors per step. */
    float growth;

    float fading;

    /** Steps lived, and how many it may live; not positive: without end. */
    int age;

    int lifetime;

    int fireTime;
    int spawnTime;
    float health;

    /** Where it comes from. */
    float homeX;

    /** Moves in small steps that walls stop, and touches cells. */
    boolean walks;

    /** Is told of the entities that it overlaps. */
    boolean collides;

    /** Stands on the screen instead of in the world, in shares of the screen. */
    boolean onScreen;

    /** Will be taken out of the world at the end of the step. */
    boolean gone;

    Entity place(float atX, float atY, float velocityX, float velocityY, float halfWidth, float halfHeight, int kind) {
        x = atX;
        y = atY;
        vx = velocityX;
        vy = velocityY;
        rx = halfWidth;
        ry = halfHeight;
        type = kind;
        image = kind;
        theme = 0;
        layer = 0;
        rotation = 0;
        spin = 0;
        mirrored = false;
        opacity = 1;
        growth = 1;
        fading = 1;
        age = 0;
        lifetime = NEVER;
        fireTime = NEVER;
        spawnTime = NEVER;
        health = 1;
        homeX = 0;
        walks = false;
        collides = false;
        onScreen = false;
        gone = false;
        if (kind == World.EXPLOSION) {
            growth = 1.4f;
            lifetime = EXPLOSION_STEPS;
        } else if (kind == World.TRAIL) {
            growth = 1.05f;
            fading = 0.8f;
        }
        return this;
    }

    /** Moves by the velocity, unless it walks, and grows older. */
    void live() {
        if (!walks) {
            x += vx;
            y += vy;
        }
        age++;
        if (lifetime > 0 && age > lifetime) {
            gone = true;
        }
        if (type == World.EXPLOSION && image < World.LAST_EXPLOSION) {
            image++;
        }
        if (spin != 0) {
            rotation += spin;
        }
        if (growth != 1) {
            rx *= growth;
            ry *= growth;
        }
        if (fading != 1) {
            opacity *= fading;
        }
    }

    /** Turns to where a velocity points. */
    void face(float dx, float dy, float offset) {
        if (dx != 0 || dy != 0) {
            rotation = (float) (-Math.atan2(dy, dx) + offset);
        }
    }

    /** Whether the boxes overlap by more than a margin. */
    boolean overlaps(Entity other, float margin) {
        return Math.abs(x - other.x) < rx + other.rx + margin && Math.abs(y - other.y) < ry + other.ry + margin;
    }

    void save(DataOutputStream out) throws IOException {
        for (float value : new float[] {x, y, vx, vy, rx, ry, rotation, spin, opacity, growth, fading, health, homeX}) {
            out.writeFloat(value);
        }
        for (int value : new int[] {type, image, theme, layer, age, lifetime, fireTime, spawnTime}) {
            out.writeInt(value);
        }
        for (boolean value : new boolean[] {mirrored, walks, collides, onScreen, gone}) {
            out.writeBoolean(value);
        }
    }

    void load(DataInputStream in) throws IOException {
        x = in.readFloat();
        y = in.readFloat();
        vx = in.readFloat();
        vy = in.readFloat();
        rx = in.readFloat();
        ry = in.readFloat();
        rotation = in.readFloat();
        spin = in.readFloat();
        opacity = in.readFloat();
        growth = in.readFloat();
        fading = in.readFloat();
        health = in.readFloat();
        homeX = in.readFloat();
        type = in.readInt();
        image = in.readInt();
        theme = in.readInt();
        layer = in.readInt();
        age = in.readInt();
        lifetime = in.readInt();
        fireTime = in.readInt();
        spawnTime = in.readInt();
        mirrored = in.readBoolean();
        walks = in.readBoolean();
        collides = in.readBoolean();
        onScreen = in.readBoolean();
        gone = in.readBoolean();
    }
}
