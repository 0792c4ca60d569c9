package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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

        Same.play(again, once, "playing twice with one seed and the same actions", Same.OTHER_CHANCE);
    }

    @Test
    void anotherSeedGivesAnotherPlay() {
        assumeTrue(seedsMatter());

        Recording one = record(TaskSchedule.eachEpisode(tasks()), 1);
        Recording other = record(TaskSchedule.eachEpisode(tasks()), 2);

        assertThat(other.differenceFrom(one))
                .as("seeds 1 and 2 lead to the same play, bit for bit: it ignores request.random(). Where that is"
                        + " meant, override seedsMatter()")
                .isPresent();
    }

    @Test
    void playsTheSameBesideOtherThreads() {
        Recording alone = record(TaskSchedule.eachEpisode(tasks()), 1);

        List<CompletableFuture<Recording>> beside = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            beside.add(CompletableFuture.supplyAsync(() -> record(TaskSchedule.eachEpisode(tasks()), 1)));
        }

        for (CompletableFuture<Recording> one : beside) {
            Same.play(
                    one.join(),
                    alone,
                    "playing beside two others in threads of their own",
                    "Environments share something that changes: a static field, a cache, a native library's global state");
        }
    }

    @Test
    void beginsWithFirstObservationsAndNoReward() {
        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        assertBegins(play);
    }

    private static void assertBegins(Recording play) {
        for (Moment moment : play.moments().subList(0, SLOTS)) {
            assertThat(Flag.in(moment.flags()))
                    .as("flags at %s, before any action", moment)
                    .containsExactlyInAnyOrder(Flag.FIRST, Flag.NEW_TRIAL);
            assertThat(moment.reward())
                    .as("reward at %s, before any action", moment)
                    .isZero();
        }
    }

    @Test
    void flagsTellWhereEpisodesBeginAndEnd() {
        Recording play = record(TaskSchedule.trials(tasks(), 2), 1);

        for (Moment moment : play.moments().subList(SLOTS, play.moments().size())) {
            Set<Flag> flags = Flag.in(moment.flags());
            assertThat(moment.is(Flag.FIRST))
                    .as("%s has flags %s: FIRST comes with TERMINATED or TRUNCATED, and only with them", moment, flags)
                    .isEqualTo(moment.ends());
            assertThat(moment.is(Flag.TERMINATED) && moment.is(Flag.TRUNCATED))
                    .as("%s has flags %s: an episode ends in one way", moment, flags)
                    .isFalse();
            assertThat(!moment.is(Flag.NEW_TRIAL) || moment.is(Flag.FIRST))
                    .as("%s has flags %s: NEW_TRIAL comes with FIRST", moment, flags)
                    .isTrue();
        }
    }

    @Test
    void noEpisodeIsLongerThanTheSpecificationSays() {
        int limit = benchmark().spec(tasks()).maxEpisodeSteps();

        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        for (int slot = 0; slot < SLOTS; slot++) {
            int length = 0;
            for (Moment moment : play.ofSlot(slot)) {
                length = moment.step() == 0 ? 0 : length + 1;
                assertThat(length)
                        .as("length of the episode at %s, of which the specification allows maxEpisodeSteps", moment)
                        .isLessThanOrEqualTo(limit);
                length = moment.is(Flag.FIRST) ? 0 : length;
            }
        }
    }

    @Test
    void everyValueLiesInItsSpace() {
        EnvironmentSpec spec = benchmark().spec(tasks());

        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        for (Moment moment : play.moments()) {
            assertThat(moment.reward()).as("reward at %s", moment).isFinite();
            assertThat(moment.task()).as("task at %s", moment).isBetween(0, tasks().size() - 1);
            assertInside(spec, moment.observation(), "observation", moment);
            if (moment.ends()) {
                assertInside(spec, moment.last(), "last observation", moment);
            }
        }
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
                    String frames = component.stack() + " frames of '" + component.name() + "' at " + moment;
                    List<Byte> now = moment.observation().subList(offset, offset + bytes);
                    if (moment.ends()) {
                        List<Byte> last = moment.last().subList(offset, offset + bytes);
                        assertThat(last.subList(0, bytes - frame).equals(before.subList(frame, bytes)))
                                .as("%s, last observation: all but the newest are those of the step before", frames)
                                .isTrue();
                    }
                    if (moment.is(Flag.FIRST)) {
                        assertThat(now.subList(0, bytes - frame).stream().allMatch(value -> value == 0))
                                .as("%s, which is the first of an episode: all but the newest are zero", frames)
                                .isTrue();
                    } else {
                        assertThat(now.subList(0, bytes - frame).equals(before.subList(frame, bytes)))
                                .as("%s: all but the newest are those of the step before", frames)
                                .isTrue();
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
        for (Moment moment : play.moments()) {
            assertThat(moment.is(Flag.NEW_TRIAL))
                    .as("NEW_TRIAL at %s: a fixed task is one trial, which begins at step 0", moment)
                    .isEqualTo(moment.step() == 0);
            assertThat(moment.task()).as("task at %s", moment).isZero();
        }
    }

    @Test
    void anEpisodeIsATrialWhereEachDrawsItsTask() {
        Recording play = record(TaskSchedule.eachEpisode(tasks()), 1);

        assertThat(episodesEnded(play)).isPositive();
        for (Moment moment : play.moments()) {
            assertThat(moment.is(Flag.NEW_TRIAL))
                    .as("NEW_TRIAL at %s: as FIRST, for each episode draws its task", moment)
                    .isEqualTo(moment.is(Flag.FIRST));
        }
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
                    assertThat(moment.is(Flag.NEW_TRIAL))
                            .as("NEW_TRIAL at %s, where episode %s of the slot begins: trials have 2", moment, begun)
                            .isEqualTo(begun % 2 == 0);
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
                assertThat(moment.is(Flag.NEW_TRIAL))
                        .as("NEW_TRIAL at %s: as FIRST", moment)
                        .isEqualTo(moment.is(Flag.FIRST));
                assertThat(moment.task())
                        .as("task at %s, in episode %s of the slot", moment, begun - 1)
                        .isEqualTo((slot + (begun - 1) * SLOTS) % tasks().size());
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

        Same.play(restored, left, "playing on after saving and loading, steps from there", Same.NOT_LOADED);
    }

    @Test
    void reassigningAbandonsEpisodesWithoutReward() {
        try (VectorEnvironment environment = open(TaskSchedule.eachEpisode(tasks()), 1)) {
            Recording.fromTheStart(environment, 5, 3);

            environment.reassign(TaskSchedule.fixed(tasks().get(tasks().size() - 1)));
            Recording play = Recording.fromTheStart(environment, 5, 3);

            assertBegins(play);
            for (Moment moment : play.moments()) {
                assertThat(moment.task())
                        .as("task at %s after reassigning", moment)
                        .isZero();
            }
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

        Same.play(
                disturbed,
                undisturbed.from(1),
                "playing on after an action outside its space was refused",
                "send() looks at the actions of all slots before it moves any");
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
                    assertThat(moment.task())
                            .as("task at %s, where no trial begins", moment)
                            .isEqualTo(task);
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

    private static void assertInside(EnvironmentSpec spec, List<Byte> observation, String which, Moment moment) {
        int at = 0;
        for (EnvironmentSpec.Component component : spec.observation()) {
            Space space = component.space();
            double[] values =
                    Difference.numbers(Recording.buffer(observation.subList(at, at + space.bytes())), space.element());
            for (int i = 0; i < space.width(); i++) {
                double value = values[i];
                double low = space instanceof Box box ? box.low() : 0;
                double high = space instanceof Box box ? box.high() : ((Discrete) space).size() - 1.0;
                if (!(value >= low && value <= high)) {
                    throw new AssertionError(moment + ", " + which + " '" + component.name() + "', number " + i
                            + " (from 0) is " + value + ", but the specification says " + low + " to " + high);
                }
            }
            at += space.bytes();
        }
    }
}
