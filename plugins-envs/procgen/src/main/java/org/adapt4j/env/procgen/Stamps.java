package org.adapt4j.env.procgen;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pictures of one game in the sizes and turns that were needed so far, shared by all copies of the game in a process, so that a processor's cache holds them
 * once. Looked up without locks or new objects; who finds a picture's key before the picture itself asks again under the lock.
 */
final class Stamps {

    private static final Map<Looks, Stamps> SHARED = new ConcurrentHashMap<>();
    private static final int LARGEST = 255;
    private static final int PARTS = 4;

    private record Table(long[] keys, Stamp[] stamps) {
        Table(int size) {
            this(new long[size], new Stamp[size]);
        }

        /** Where a key is, or would be put. */
        int find(long key) {
            int mask = keys.length - 1;
            int at = (int) (key * 0x9e3779b97f4a7c15L >>> 40) & mask;
            while (keys[at] != key && keys[at] != 0) {
                at = at + 1 & mask;
            }
            return at;
        }

        void put(long key, Stamp stamp) {
            int at = find(key);
            stamps[at] = stamp;
            keys[at] = key;
        }
    }

    private final Looks looks;
    private volatile Table table = new Table(1024);
    private int known;

    private Stamps(Looks looks) {
        this.looks = looks;
    }

    static Stamps of(Looks looks) {
        return SHARED.computeIfAbsent(looks, Stamps::new);
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
        Table present = table;
        int at = present.find(key);
        Stamp stamp = present.keys()[at] == key ? present.stamps()[at] : null;
        return stamp == null ? add(key) : stamp;
    }

    private synchronized Stamp add(long key) {
        Table present = table;
        int at = present.find(key);
        if (present.keys()[at] == key) {
            return present.stamps()[at];
        }
        Stamp stamp = draw(key);
        if (2 * ++known > present.keys().length) {
            Table larger = new Table(2 * present.keys().length);
            for (int i = 0; i < present.keys().length; i++) {
                if (present.keys()[i] != 0) {
                    larger.put(present.keys()[i], present.stamps()[i]);
                }
            }
            larger.put(key, stamp);
            table = larger;
        } else {
            present.put(key, stamp);
        }
        return stamp;
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
            return Stamp.of(picture, theme, wide, high, turn, mirrored, 0, 0);
        }
        return Stamp.of(picture, theme, wide, high, turn, mirrored, part % 2, part / 2);
    }
}
