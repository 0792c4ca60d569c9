package org.adapt4j.env.procgen;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pictures of one game in the sizes and turns that were needed so far. All copies of a game in a process share them; each looks them up in
 * a table of its own, which needs neither locks nor new objects.
 */
final class Stamps {

    private static final Map<Looks, Map<Long, Stamp>> SHARED = new ConcurrentHashMap<>();
    private static final int LARGEST = 255;
    private static final int PARTS = 4;

    private final Looks looks;
    private final Map<Long, Stamp> shared;
    private long[] keys = new long[1024];
    private Stamp[] stamps = new Stamp[1024];
    private int known;

    Stamps(Looks looks) {
        this.looks = looks;
        shared = SHARED.computeIfAbsent(looks, key -> new ConcurrentHashMap<>());
    }

    /** A whole picture. */
    Stamp of(int image, int theme, int wide, int high, int turn, boolean mirrored) {
        return find(key(image, theme, wide, high, turn, mirrored, 0));
    }

    /** One of two by two parts of a picture, that of a cell. */
    Stamp part(int image, int theme, int wide, int high, int x, int y) {
        return find(key(image, theme, wide, high, 0, false, 1 + (x & 1) + 2 * (y & 1)));
    }

    private static long key(int image, int theme, int wide, int high, int turn, boolean mirrored, int part) {
        int w = Math.max(1, Math.min(LARGEST, wide));
        int h = Math.max(1, Math.min(LARGEST, high));
        long thing = ((long) image * 16 + theme) * (PARTS + 1) + part + 1;
        return ((thing << 8 | w) << 8 | h) << 6 | turn << 1 | (mirrored ? 1 : 0);
    }

    private Stamp find(long key) {
        int mask = keys.length - 1;
        int at = (int) (key * 0x9e3779b97f4a7c15L >>> 40) & mask;
        while (keys[at] != key) {
            if (keys[at] == 0) {
                return add(key);
            }
            at = at + 1 & mask;
        }
        return stamps[at];
    }

    private Stamp add(long key) {
        Stamp stamp = shared.computeIfAbsent(key, this::draw);
        if (2 * ++known > keys.length) {
            grow();
        }
        put(key, stamp);
        return stamp;
    }

    private void grow() {
        long[] oldKeys = keys;
        Stamp[] oldStamps = stamps;
        keys = new long[2 * oldKeys.length];
        stamps = new Stamp[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                put(oldKeys[i], oldStamps[i]);
            }
        }
    }

    private void put(long key, Stamp stamp) {
        int mask = keys.length - 1;
        int at = (int) (key * 0x9e3779b97f4a7c15L >>> 40) & mask;
        while (keys[at] != 0) {
            at = at + 1 & mask;
        }
        keys[at] = key;
        stamps[at] = stamp;
    }

    private Stamp draw(long key) {
        boolean mirrored = (key & 1) == 1;
        int turn = (int) (key >> 1) & Stamp.TURNS - 1;
        int high = (int) (key >> 6) & LARGEST;
        int wide = (int) (key >> 14) & LARGEST;
        int thing = (int) (key >> 22) - 1;
        int part = thing % (PARTS + 1) - 1;
        int theme = thing / (PARTS + 1) % 16;
        Looks.Picture picture = looks.picture(thing / (PARTS + 1) / 16);
        if (part < 0) {
            return new Stamp(picture, theme, wide, high, turn, mirrored, 0, 0);
        }
        return new Stamp(picture, theme, wide, high, turn, mirrored, part % 2, part / 2);
    }
}
