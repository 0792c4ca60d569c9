package org.adapt4j.api.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.junit.jupiter.api.Test;

final class StepBlockTest {

    private static final EnvironmentSpec SPEC = new EnvironmentSpec(
            List.of(new Component("rgb", Box.image(2, 2, 3)), new Component("speed", Box.vector(2, -1, 1))),
            new Discrete(3),
            10);

    @Test
    void showsWhatIsWrittenThroughAStepInTheWholeColumn() {
        StepBlock block = StepBlock.allocate(SPEC, 4, 3);

        block.step(2).observation("rgb").put(1 * 12 + 5, (byte) 200);
        block.step(1).rewards().put(3, 2.5f);

        assertThat(block.observations("rgb").get((2 * 4 + 1) * 12 + 5)).isEqualTo((byte) 200);
        assertThat(block.rewards().asFloatBuffer().get(1 * 4 + 3)).isEqualTo(2.5f);
    }

    @Test
    void alignsColumnsTo64BytesSoThatKernelsTakeTheSamePath() {
        StepBlock block = StepBlock.allocate(SPEC, 5, 3);

        assertThat(block.observations("rgb").alignmentOffset(0, 64)).isZero();
        assertThat(block.observations("speed").alignmentOffset(0, 64)).isZero();
    }

    @Test
    void refusesAColumnLargerThanABufferCanHold() {
        EnvironmentSpec large =
                new EnvironmentSpec(List.of(new Component("rgb", Box.image(512, 512, 3))), new Discrete(2), 10);

        assertThatThrownBy(() -> StepBlock.allocate(large, 256, 257))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer slots");
    }

    @Test
    void copiesAStepWhole() {
        StepBlock block = StepBlock.allocate(SPEC, 2, 2);
        StepBuffers from = block.step(1);
        from.observation(1).asFloatBuffer().put(0, new float[] {1, 2, 3, 4});
        from.flags().put(1, Flag.FIRST.mask());
        from.tasks().put(0, 7);

        block.step(0).copyFrom(from);

        assertThat(block.step(0).observation("speed").asFloatBuffer().get(3)).isEqualTo(4f);
        assertThat(block.step(0).is(Flag.FIRST, 1)).isTrue();
        assertThat(block.step(0).tasks().get(0)).isEqualTo(7);
    }

    @Test
    void namesTheColumnsItHasWhenAskedForAnother() {
        StepBlock block = StepBlock.allocate(SPEC, 1, 1);

        assertThatThrownBy(() -> block.observations("depth")).hasMessageContaining("[rgb, speed]");
    }

    @Test
    void keepsFlagsApart() {
        byte bits = (byte) (Flag.FIRST.mask() | Flag.TRUNCATED.mask());

        assertThat(Flag.in(bits)).containsExactly(Flag.FIRST, Flag.TRUNCATED);
        assertThat(Flag.NEW_TRIAL.isIn(bits)).isFalse();
    }
}
