package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.Recording.Moment;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

/**
 * What every environment owes its callers. Extend it and name the benchmark; random play must end some episodes within {@link
 * #steps}, or the checks of flags and schedules have nothing to look at and fail.
 */
public abstract class VectorEnvironmentContract {

    private static final int SLOTS = 3;

    /** The benchmark under test. */
    protected abstract TaskDistribution benchmark();

    /** Some of its tasks; several if it has several. */
    protected TaskSet tasks() {
        return benchmark().tasks(Split.TRAIN).first(4);
    }

    /** Steps to play at random in each check. */
    protected int steps() {
        return 200;
    }

    /** Whether a seed other than the given one leads to other play of a fixed task under the same actions. */
    protected boolean seedsMatter() {
        return true;
    }

    @Test
    void sameSeedGivesTheSamePlay() {
        Recording once = record(TaskSchedule.eachEpisode(tasks()), 1);
        Recording again = record(TaskSchedule.eachEpisode(tasks()), 1);

        assertThat(again).isEqualTo(once);
    }

    @Test
    void anotherSeedGivesAnotherPlay() {
        assumeTrue(seedsMatter());

        Recording one = record(TaskSchedule.eachEpisode(tasks()), 1);
        Recording other = record(TaskSchedule.eachEpisode(tasks()), 2);

        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void playsTheSameBesideOtherThreads() {
        Recording alone = record(TaskSchedule.eachEpisode(tasks()), 1);

        List<CompletableFuture<Recording>> beside = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            beside.add(CompletableFuture.supplyAsync(() -> record(TaskSchedule.eachEpisode(tasks()), 1)));
        }

        assertThat(beside).allSatisfy(future -> assertThat(future.join()).isEqualTo(alone));
    }

    @Test
    void beginsWithFirstObservationsAndNoReward() {
        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        assertThat(play.moments().subList(0, SLOTS)).allSatisfy(moment -> {
            assertThat(Flag.in(moment.flags())).containsExactlyInAnyOrder(Flag.FIRST, Flag.NEW_TRIAL);
            assertThat(moment.reward()).isZero();
        });
    }

    @Test
    void flagsTellWhereEpisodesBeginAndEnd() {
        Recording play = record(TaskSchedule.trials(tasks(), 2), 1);

        assertThat(play.moments().subList(SLOTS, play.moments().size())).allSatisfy(moment -> {
            assertThat(moment.is(Flag.FIRST)).isEqualTo(moment.ends());
            assertThat(moment.is(Flag.TERMINATED) && moment.is(Flag.TRUNCATED)).isFalse();
            assertThat(!moment.is(Flag.NEW_TRIAL) || moment.is(Flag.FIRST)).isTrue();
        });
    }

    @Test
    void noEpisodeIsLongerThanTheSpecificationSays() {
        int limit = benchmark().spec(tasks()).maxEpisodeSteps();

        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        for (int slot = 0; slot < SLOTS; slot++) {
            int length = 0;
            for (Moment moment : play.ofSlot(slot)) {
                length = moment.step() == 0 ? 0 : length + 1;
                assertThat(length).isLessThanOrEqualTo(limit);
                length = moment.is(Flag.FIRST) ? 0 : length;
            }
        }
    }

    @Test
    void everyValueLiesInItsSpace() {
        EnvironmentSpec spec = benchmark().spec(tasks());

        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        assertThat(play.moments()).allSatisfy(moment -> {
            assertThat(moment.reward()).isFinite();
            assertThat(moment.task()).isBetween(0, tasks().size() - 1);
            assertInside(spec, moment.observation());
            if (moment.ends()) {
                assertInside(spec, moment.last());
            }
        });
    }

    /** A replay keeps the newest frame only and builds stacks anew from earlier steps, so it relies on this. */
    @Test
    void aStackHoldsTheNewestFramesOfItsEpisode() {
        EnvironmentSpec spec = benchmark().spec(tasks());

        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        int offset = 0;
        for (Component component : spec.observation()) {
            int bytes = component.space().bytes();
            int frame = bytes / component.stack();
            for (int slot = 0; slot < SLOTS; slot++) {
                List<Byte> before = List.of();
                for (Moment moment : play.ofSlot(slot)) {
                    List<Byte> now = moment.observation().subList(offset, offset + bytes);
                    if (moment.ends()) {
                        List<Byte> last = moment.last().subList(offset, offset + bytes);
                        assertThat(last.subList(0, bytes - frame)).isEqualTo(before.subList(frame, bytes));
                    }
                    if (moment.is(Flag.FIRST)) {
                        assertThat(now.subList(0, bytes - frame)).allMatch(value -> value == 0);
                    } else {
                        assertThat(now.subList(0, bytes - frame)).isEqualTo(before.subList(frame, bytes));
                    }
                    before = now;
                }
            }
            offset += bytes;
        }
    }

    @Test
    void aFixedTaskIsASingleTrial() {
        Recording play = record(TaskSchedule.fixed(tasks().get(0)), 1);

        assertThat(episodesEnded(play)).isPositive();
        assertThat(play.moments()).allSatisfy(moment -> {
            assertThat(moment.is(Flag.NEW_TRIAL)).isEqualTo(moment.step() == 0);
            assertThat(moment.task()).isZero();
        });
    }

    @Test
    void anEpisodeIsATrialWhereEachDrawsItsTask() {
        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        assertThat(episodesEnded(play)).isPositive();
        assertThat(play.moments())
                .allSatisfy(moment -> assertThat(moment.is(Flag.NEW_TRIAL)).isEqualTo(moment.is(Flag.FIRST)));
        assertTaskChangesOnlyWithTrials(play);
    }

    @Test
    void aTrialHasItsNumberOfEpisodesOnOneTask() {
        Recording play = record(TaskSchedule.trials(tasks(), 2), 1);

        assertThat(episodesEnded(play)).isPositive();
        assertTaskChangesOnlyWithTrials(play);
        for (int slot = 0; slot < SLOTS; slot++) {
            int begun = 0;
            for (Moment moment : play.ofSlot(slot)) {
                if (moment.is(Flag.FIRST)) {
                    assertThat(moment.is(Flag.NEW_TRIAL)).isEqualTo(begun % 2 == 0);
                    begun++;
                }
            }
        }
    }

    @Test
    void drawsEveryTaskSoonerOrLater() {
        Set<Integer> drawn = new HashSet<>();
        for (int seed = 0; seed < 40; seed++) {
            try (VectorEnvironment environment = open(TaskSchedule.eachEpisode(tasks()), seed)) {
                Recording.fromTheStart(environment, 0, 0).moments().forEach(moment -> drawn.add(moment.task()));
            }
        }

        assertThat(drawn).hasSize(tasks().size());
    }

    @Test
    void roundRobinGoesOnByTheNumberOfSlots() {
        Recording play = record(TaskSchedule.roundRobin(tasks()), 1);

        assertThat(episodesEnded(play)).isPositive();
        for (int slot = 0; slot < SLOTS; slot++) {
            int begun = 0;
            for (Moment moment : play.ofSlot(slot)) {
                begun += moment.is(Flag.FIRST) ? 1 : 0;
                assertThat(moment.is(Flag.NEW_TRIAL)).isEqualTo(moment.is(Flag.FIRST));
                assertThat(moment.task()).isEqualTo((slot + (begun - 1) * SLOTS) % tasks().size());
            }
        }
    }

    @Test
    void savedStateContinuesBitForBit() throws IOException {
        TaskSchedule schedule = TaskSchedule.trials(tasks(), 2);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();

        Recording left;
        try (VectorEnvironment environment = open(schedule, 1)) {
            Recording.fromTheStart(environment, steps() / 2, 3);
            environment.save(new DataOutputStream(saved));
            left = Recording.continued(environment, steps() / 2, 4);
        }
        Recording restored;
        try (VectorEnvironment environment = open(schedule, 99)) {
            environment.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            restored = Recording.continued(environment, steps() / 2, 4);
        }

        assertThat(restored).isEqualTo(left);
    }

    @Test
    void reassigningAbandonsEpisodesWithoutReward() {
        try (VectorEnvironment environment = open(TaskSchedule.eachEpisode(tasks()), 1)) {
            Recording.fromTheStart(environment, 5, 3);

            environment.reassign(TaskSchedule.fixed(tasks().get(tasks().size() - 1)));
            Recording play = Recording.fromTheStart(environment, 5, 3);

            assertThat(play.moments().subList(0, SLOTS)).allSatisfy(moment -> {
                assertThat(Flag.in(moment.flags())).containsExactlyInAnyOrder(Flag.FIRST, Flag.NEW_TRIAL);
                assertThat(moment.reward()).isZero();
            });
            assertThat(play.moments())
                    .allSatisfy(moment -> assertThat(moment.task()).isZero());
        }
    }

    @Test
    void refusesAnActionOutsideItsSpaceAndMovesNoSlot() {
        Recording undisturbed = record(TaskSchedule.eachEpisode(tasks()), 1);

        Recording disturbed;
        try (VectorEnvironment environment = open(TaskSchedule.eachEpisode(tasks()), 1)) {
            StepBlock first = StepBlock.allocate(environment.spec(), SLOTS, 1);
            environment.receive(first.step(0));
            assertThatThrownBy(() -> environment.send(outside(environment.spec())))
                    .isInstanceOf(IllegalArgumentException.class);
            disturbed = Recording.continued(environment, steps(), 3);
        }

        assertThat(disturbed.moments())
                .isEqualTo(undisturbed
                        .moments()
                        .subList(SLOTS, undisturbed.moments().size()));
    }

    @Test
    void sendAndReceiveTakeTurns() {
        try (VectorEnvironment environment = open(TaskSchedule.eachEpisode(tasks()), 1)) {
            StepBlock seen = StepBlock.allocate(environment.spec(), SLOTS, 1);
            ActionBlock acted = ActionBlock.allocate(environment.spec().action(), List.of(), SLOTS, 1);
            Recording.draw(environment.spec(), acted.step(0), new SplittableRandom(3));

            assertThatThrownBy(() -> environment.send(acted.step(0))).isInstanceOf(IllegalStateException.class);
            environment.receive(seen.step(0));
            assertThatThrownBy(() -> environment.receive(seen.step(0))).isInstanceOf(IllegalStateException.class);
            environment.send(acted.step(0));
            assertThatThrownBy(() -> environment.send(acted.step(0))).isInstanceOf(IllegalStateException.class);
            environment.receive(seen.step(0));
        }
    }

    @Test
    void mayBeClosedTwice() {
        VectorEnvironment environment = open(TaskSchedule.eachEpisode(tasks()), 1);

        environment.close();
        environment.close();
    }

    @Test
    void tasksAreFoundByTheirNames() {
        TaskDistribution benchmark = benchmark();

        assertThat(tasks().tasks())
                .allSatisfy(task -> assertThat(benchmark.task(task.name())).contains(task));
        assertThat(benchmark.task("no such task, surely")).isEmpty();
    }

    private VectorEnvironment open(TaskSchedule schedule, long seed) {
        TaskDistribution benchmark = benchmark();
        return benchmark.open(new EnvironmentRequest(
                benchmark.spec(schedule.tasks()), schedule, SLOTS, TestStreams.root(seed), Purpose.TRAINING));
    }

    private Recording record(TaskSchedule schedule, long seed) {
        try (VectorEnvironment environment = open(schedule, seed)) {
            return Recording.fromTheStart(environment, steps(), 3);
        }
    }

    private static long episodesEnded(Recording play) {
        return play.moments().stream().filter(Moment::ends).count();
    }

    private static void assertTaskChangesOnlyWithTrials(Recording play) {
        for (int slot = 0; slot < SLOTS; slot++) {
            int task = -1;
            for (Moment moment : play.ofSlot(slot)) {
                if (!moment.is(Flag.NEW_TRIAL)) {
                    assertThat(moment.task()).isEqualTo(task);
                }
                task = moment.task();
            }
        }
    }

    private static ActionBuffers outside(EnvironmentSpec spec) {
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), SLOTS, 1);
        Recording.draw(spec, acted.step(0), new SplittableRandom(3));
        if (spec.action() instanceof Discrete discrete) {
            acted.step(0).discrete().put(SLOTS - 1, discrete.size());
        } else {
            acted.step(0).continuous().put(0, Float.NaN);
        }
        return acted.step(0);
    }

    private static void assertInside(EnvironmentSpec spec, List<Byte> observation) {
        int at = 0;
        for (EnvironmentSpec.Component component : spec.observation()) {
            Space space = component.space();
            ByteBuffer values = ByteBuffer.allocate(space.bytes()).order(ByteOrder.nativeOrder());
            for (int i = 0; i < space.bytes(); i++) {
                values.put(i, observation.get(at + i));
            }
            for (int i = 0; i < space.width(); i++) {
                double value = value(values, space.element(), i);
                if (space instanceof Box box) {
                    assertThat(value).as(component.name()).isBetween(box.low(), box.high());
                } else if (space instanceof Discrete discrete) {
                    assertThat(value).as(component.name()).isBetween(0.0, discrete.size() - 1.0);
                }
            }
            at += space.bytes();
        }
    }

    private static double value(ByteBuffer values, Element element, int index) {
        return switch (element) {
            case UINT8 -> values.get(index) & 0xFF;
            case INT32 -> values.getInt(4 * index);
            case FLOAT32 -> values.getFloat(4 * index);
        };
    }
}
