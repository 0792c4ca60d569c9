package org.adapt4j.env.procgen;

/**
 * Sorts entities by spawn time, latest first, leaving equal ones in the order in which the native library's sort leaves them.
 *
 * <p>That sort is the introspective one of Musser 1997 as GNU's C++ library has it: quicksort with the median of three until parts have sixteen elements,
 * then insertion. Its emergency exit, heapsort after twice as many rounds as a balanced sort would need, is left out: spawn times are drawn almost
 * sorted and never come near it.
 */
final class SpawnOrder {

    private static final int SMALL = 16;

    private SpawnOrder() {}

    static void sort(Entity[] entities, int count) {
        partition(entities, 0, count);
        for (int i = 1; i < count; i++) {
            Entity entity = entities[i];
            int at = i;
            for (; at > 0 && before(entity, entities[at - 1]); at--) {
                entities[at] = entities[at - 1];
            }
            entities[at] = entity;
        }
    }

    private static void partition(Entity[] entities, int from, int end) {
        int to = end;
        while (to - from > SMALL) {
            medianToFront(entities, from, from + 1, from + (to - from) / 2, to - 1);
            int cut = cut(entities, from + 1, to, entities[from]);
            partition(entities, cut, to);
            to = cut;
        }
    }

    private static void medianToFront(Entity[] entities, int front, int a, int b, int c) {
        int low = before(entities[a], entities[b]) ? a : b;
        int high = low == a ? b : a;
        int median = before(entities[high], entities[c]) ? high : before(entities[low], entities[c]) ? c : low;
        swap(entities, front, median);
    }

    private static int cut(Entity[] entities, int from, int end, Entity pivot) {
        int left = from;
        int right = end;
        while (true) {
            while (before(entities[left], pivot)) {
                left++;
            }
            right--;
            while (before(pivot, entities[right])) {
                right--;
            }
            if (left >= right) {
                return left;
            }
            swap(entities, left, right);
            left++;
        }
    }

    private static boolean before(Entity entity, Entity other) {
        return entity.spawnTime > other.spawnTime;
    }

    private static void swap(Entity[] entities, int i, int j) {
        Entity entity = entities[i];
        entities[i] = entities[j];
        entities[j] = entity;
    }
}
