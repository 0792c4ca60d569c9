package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console's memory as observation, two frames of it where the contract looks. */
@Tag("native")
final class RamTest extends VectorEnvironmentContract {

    private static final AleBenchmark STACKED =
            setup().sticky(0.25).stack(2).maxFrames(150).benchmark();
    private static final AleBenchmark SINGLE = setup().maxFrames(150).benchmark();

    private static Setup setup() {
        return Setup.of(List.of("cartridge/reef", "cartridge/saucers"), List.of("cartridge/court"))
                .observation(Sight.RAM);
    }

    @Override
    protected TaskDistribution benchmark() {
        return STACKED;
    }

    @Override
    protected int steps() {
        return 60;
    }

    @Test
    void isOneFrameUnlessMoreAreWanted() {
        assertThat(SINGLE.spec(SINGLE.tasks(Split.TEST)).observation().get(0).space())
                .isEqualTo(new Box(Element.UINT8, List.of(128), 0, 255));
        assertThat(SINGLE.title()).contains("observation ram").doesNotContain("stack");
        assertThat(STACKED.spec(STACKED.tasks(Split.TEST)).observation().get(0).stack())
                .isEqualTo(2);
        assertThat(STACKED.title()).contains("stack 2");
    }

    /** What the slot shows is what an emulator of its own has in memory after the same frames. */
    @Test
    void isTheMemoryAfterTheLastFrameOfAStep() {
        AleBenchmark plain = setup().noOpStarts(0).lifeLossEnds(false).benchmark();
        TaskSchedule schedule = TaskSchedule.fixed(plain.tasks(Split.TRAIN).get(0));
        Play play = Play.of(schedule.tasks().get(0));
        byte[] image = PlayNames.cartridge(play.name()).orElseThrow().rom();
        try (VectorEnvironment environment = plain.open(new EnvironmentRequest(
                        plain.spec(schedule.tasks()), schedule, 1, TestStreams.root(1), Purpose.MEASURING));
                Emulator alone = new Emulator(play.game(), image, play.game().defaultMode(), 0, 0)) {
            StepBlock seen = StepBlock.allocate(environment.spec(), 1, 1);
            ActionBlock acted = ActionBlock.allocate(environment.spec().action(), List.of(), 1, 1);
            environment.receive(seen.step(0));
            SavedState begun = new SavedState();
            alone.save(begun);
            alone.restore(begun);
            alone.reset();
            int changes = 0;
            int step = 0;
            for (; step < 60 && !(step > 0 && seen.step(0).is(Flag.FIRST, 0)); step++) {
                int action = step / 7 % play.game().actions().size();
                acted.step(0).discrete().put(0, action);
                environment.send(acted.step(0));
                environment.receive(seen.step(0));
                byte[] before = memory(alone);
                for (int frame = 0; frame < 4; frame++) {
                    alone.act(play.game().actions().get(action));
                }
                if (seen.step(0).is(Flag.FIRST, 0)) {
                    continue; // the game is over, and what is seen is another's beginning
                }
                byte[] shown = new byte[Emulator.RAM];
                seen.step(0).observation(0).get(0, shown);
                assertThat(shown).as("step %s", step).isEqualTo(memory(alone));
                changes += Arrays.equals(before, memory(alone)) ? 0 : 1;
            }
            assertThat(step).isGreaterThan(15);
            assertThat(changes).isGreaterThan(15);
        }
    }

    private static byte[] memory(Emulator emulator) {
        byte[] memory = new byte[Emulator.RAM];
        emulator.ram().get(0, memory);
        return memory;
    }
}
