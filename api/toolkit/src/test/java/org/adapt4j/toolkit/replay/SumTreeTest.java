package org.adapt4j.toolkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.adapt4j.toolkit.Oracles;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class SumTreeTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    private static SumTree worked() {
        SumTree tree = new SumTree(8);
        JsonNode stored = Oracles.of("per").get("stored");
        for (int leaf = 0; leaf < stored.size(); leaf++) {
            tree.set(leaf, stored.get(leaf).asDouble());
        }
        return tree;
    }

    @Test
    void sumsAsInTheWorkedNumbers() {
        JsonNode levels = Oracles.of("per").get("tree_capacity_8");

        SumTree tree = worked();

        assertThat(tree.total()).isCloseTo(Oracles.of("per").get("total").asDouble(), CLOSE);
        assertThat(tree.used()).isEqualTo(5);
        for (int depth = 0; depth < levels.size(); depth++) {
            double[] expected = new double[1 << depth];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = levels.get(depth).get(i).asDouble();
            }
            assertThat(tree.level(depth)).containsExactly(expected, CLOSE);
        }
    }

    @Test
    void midpointsOfFourSegmentsFindTheWorkedLeaves() {
        JsonNode worked = Oracles.of("per").get("stratified_batch4_midpoints");
        SumTree tree = worked();

        for (int i = 0; i < 4; i++) {
            double middle = (i + 0.5) * tree.total() / 4;

            assertThat(middle).isCloseTo(worked.get("values").get(i).asDouble(), CLOSE);
            assertThat(tree.find(middle)).isEqualTo(worked.get("leaves").get(i).asInt());
        }
    }

    /** As the sum tree of C2F-ARM's replay does; a draw of exactly 0 is one of them. */
    @Test
    void fractionsOfTheTotalFindTheLeavesOfTheOriginal() {
        JsonNode original = Oracles.file("independent-draws.json");
        SumTree tree = new SumTree(8);
        for (int leaf = 0; leaf < 8; leaf++) {
            tree.set(leaf, original.get("leaf_values").get(leaf).asDouble());
        }

        assertThat(tree.total()).isCloseTo(original.get("total").asDouble(), CLOSE);
        for (int i = 0; i < original.get("leaf").size(); i++) {
            double fraction = original.get("query_in_0_1").get(i).asDouble();
            assertThat(tree.find(fraction * tree.total()))
                    .as("%s", fraction)
                    .isEqualTo(original.get("leaf").get(i).asInt());
        }
    }

    @Test
    void theTotalItselfFindsTheLastUsedLeaf() {
        SumTree tree = worked();

        assertThat(tree.find(tree.total())).isEqualTo(4);
        assertThat(tree.find(Math.nextUp(tree.total()))).isEqualTo(4);
        assertThat(tree.find(2 * tree.total())).isEqualTo(4);
        assertThat(tree.find(0)).isZero();
    }

    @Test
    void neverFindsALeafOfZero() {
        SumTree tree = new SumTree(8);
        tree.set(2, 0.1);
        tree.set(5, 0.2);

        for (int i = 0; i <= 1000; i++) {
            assertThat(tree.find(tree.total() * i / 1000)).isIn(2, 5);
        }
        tree.set(5, 0);
        assertThat(tree.find(0.1)).isEqualTo(2);
        assertThat(tree.used()).isEqualTo(1);
    }

    @Test
    void drawsInProportion() {
        int draws = 100_000;
        SumTree tree = worked();
        SplittableRandom random = new SplittableRandom(11);
        int[] counts = new int[8];

        for (int i = 0; i < draws; i++) {
            counts[tree.find(random.nextDouble() * tree.total())]++;
        }

        double chiSquare = 0;
        JsonNode chances = Oracles.of("per").get("prob");
        for (int leaf = 0; leaf < chances.size(); leaf++) {
            double expected = draws * chances.get(leaf).asDouble();
            chiSquare += (counts[leaf] - expected) * (counts[leaf] - expected) / expected;
        }
        // 4 degrees of freedom: one run in a thousand lies above 18.47.
        assertThat(chiSquare).isLessThan(18.47);
        assertThat(counts[5] + counts[6] + counts[7]).isZero();
    }

    @Test
    void isAFunctionOfItsLeaves() {
        SplittableRandom random = new SplittableRandom(5);
        SumTree changed = new SumTree(100);
        for (int i = 0; i < 10_000; i++) {
            changed.set(random.nextInt(100), random.nextInt(3) == 0 ? 0 : random.nextDouble());
        }

        SumTree filledAnew = new SumTree(100);
        for (int leaf = 0; leaf < 100; leaf++) {
            filledAnew.set(leaf, changed.get(leaf));
        }

        for (int depth = 0; depth <= 7; depth++) {
            assertThat(changed.level(depth)).isEqualTo(filledAnew.level(depth));
        }
        assertThat(changed.used()).isEqualTo(filledAnew.used());
    }

    @Test
    void aSingleLeafIsARoot() {
        SumTree tree = new SumTree(1);
        tree.set(0, 3);

        assertThat(tree.total()).isEqualTo(3);
        assertThat(tree.find(1)).isZero();
    }

    @Test
    void refusesToDrawFromNothing() {
        assertThatThrownBy(() -> new SumTree(4).find(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SumTree(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
