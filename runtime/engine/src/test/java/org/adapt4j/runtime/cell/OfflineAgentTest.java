package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.junit.jupiter.api.Test;

final class OfflineAgentTest {

    private static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("state", Box.vector(1, -9, 9))), Box.vector(1, -1, 1), 10);
    private static final Task LEFT = new Task("line", "left", Map.of());
    private static final Task RIGHT = new Task("line", "right", Map.of());

    /** Episode i of a task has 3 steps; states are 10 i + step, negative on the left; actions are a tenth of the state. */
    private static final DataSet DATA = new DataSet() {
        @Override
        public String title() {
            return "line";
        }

        @Override
        public int count(Task task) {
            return 4;
        }

        @Override
        public Demonstration demonstration(Task task, int index) {
            ByteBuffer states = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
            ByteBuffer actions = ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder());
            for (int step = 0; step < 4; step++) {
                float state = (task.equals(LEFT) ? -1 : 1) * (1 + 10 * index + step);
                states.putFloat(4 * step, state);
                if (step < 3) {
                    actions.putFloat(4 * step, state / 10);
                }
            }
            return new Demonstration(task, 3, Map.of("state", states, "action", actions), 0);
        }
    };

    private static RecordedExpert expert(long demonstrations) {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.UPDATES, 9L, Resource.DEMONSTRATIONS, demonstrations), 1);
        return new RecordedExpert(Optional.of(DATA), budget, Streams.root(5));
    }

    private static ImitationSet both() {
        ImitationSet set = new ImitationSet(SPEC, 4, Streams.root(1));
        for (int i = 0; i < 2; i++) {
            set.add(DATA.demonstration(LEFT, i));
            set.add(DATA.demonstration(RIGHT, i));
        }
        return set;
    }

    private static float firstState(Demonstration demonstration) {
        return Objects.requireNonNull(demonstration.columns().get("state")).getFloat(0);
    }

    private static List<Float> states(Batch.Imitation batch) {
        List<Float> states = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            states.add(batch.column("state").getFloat(4 * i));
            assertThat(batch.column("action").getFloat(4 * i)).isEqualTo(states.get(i) / 10);
        }
        return states;
    }

    @Test
    void theExpertShowsEachEpisodeOnceAsLongAsTheBudgetLasts() {
        RecordedExpert expert = expert(3);

        assertThat(expert.demonstrate(LEFT)).isPresent();
        assertThat(expert.demonstrate(LEFT)).isPresent();
        assertThat(expert.demonstrate(RIGHT)).isPresent();
        assertThat(expert.demonstrate(RIGHT)).isEmpty();
    }

    @Test
    void whatWasShownIsNotHeldBack() {
        RecordedExpert expert = expert(99);
        TreeSet<Float> shown = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            shown.add(firstState(expert.demonstrate(RIGHT).orElseThrow()));
        }

        List<Demonstration> heldBack = expert.heldBack(RIGHT, 2);

        assertThat(heldBack).hasSize(1);
        assertThat(shown).doesNotContain(firstState(heldBack.get(0)));
        assertThat(expert.heldBack(LEFT, 2)).hasSize(2);
    }

    @Test
    void aPassDrawsEachPairOnce() {
        ImitationSet set = both();
        set.focus(new TaskSet(List.of(LEFT, RIGHT)));
        List<Float> first = new ArrayList<>();

        for (int draw = 0; draw < 3; draw++) {
            first.addAll(states(set.draw()));
        }

        assertThat(first)
                .containsExactlyInAnyOrder(1f, 2f, 3f, 11f, 12f, 13f, -1f, -2f, -3f, -11f, -12f, -13f)
                .isNotEqualTo(first.stream().sorted().toList());
    }

    @Test
    void focusNarrowsTheDraws() {
        ImitationSet set = both();

        set.focus(TaskSet.of(LEFT));

        assertThat(states(set.draw())).hasSize(4).allMatch(state -> state < 0);
        assertThat(states(set.draw())).as("the rest of a pass").hasSize(2);
    }

    @Test
    void aResumedSetDrawsOn() throws IOException {
        Streams random = Streams.root(3);
        ImitationSet set = new ImitationSet(SPEC, 2, random);
        set.add(DATA.demonstration(LEFT, 0));
        set.focus(TaskSet.of(LEFT));
        set.add(DATA.demonstration(LEFT, 1));
        set.draw();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        random.save(new DataOutputStream(bytes));
        set.save(new DataOutputStream(bytes), 1);

        Streams again = Streams.root(3);
        ImitationSet resumed = new ImitationSet(SPEC, 2, again);
        resumed.add(DATA.demonstration(LEFT, 0));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        again.load(in);
        resumed.load(in, 1);

        for (int draw = 0; draw < 9; draw++) {
            assertThat(states(resumed.draw())).isEqualTo(states(set.draw()));
        }
    }

    @Test
    void aPassOverWhatIsInFocusIsAnEpoch() {
        ImitationSet set = both();
        set.focus(new TaskSet(List.of(LEFT, RIGHT)));
        List<Integer> passes = new ArrayList<>();

        for (int draw = 0; draw < 6; draw++) {
            set.draw();
            passes.add(set.takePasses());
        }

        assertThat(passes).as("12 pairs, 4 of them at a time").containsExactly(0, 0, 1, 0, 0, 1);
    }

    @Test
    void passesThatAreCutShortCountInPart() {
        ImitationSet set = both();
        int passes = 0;

        for (int i = 0; i < 6; i++) {
            set.focus(new TaskSet(List.of(LEFT, RIGHT)));
            set.draw();
            set.draw();
            passes += set.takePasses();
            set.focus(TaskSet.of(LEFT));
        }

        assertThat(passes)
                .as("6 times 8 of 12 pairs, the last one not yet left")
                .isEqualTo(3);
        assertThat(set.takePasses()).isEqualTo(1);
    }

    @Test
    void aSingleEpisodeCanBeInFocus() {
        ImitationSet set = both();
        Demonstration own = DATA.demonstration(RIGHT, 3);
        set.add(own);

        set.focus(own);
        assertThat(states(set.draw())).containsExactlyInAnyOrder(31f, 32f, 33f);
        assertThat(set.takePasses()).isEqualTo(1);

        set.focus(TaskSet.of(LEFT));
        assertThat(states(set.draw())).allMatch(state -> state < 0);
        assertThatThrownBy(() -> set.focus(DATA.demonstration(RIGHT, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("right");
    }

    @Test
    void aResumedSetDrawsOnFromASingleEpisode() throws IOException {
        Streams random = Streams.root(3);
        ImitationSet set = new ImitationSet(SPEC, 2, random);
        set.add(DATA.demonstration(LEFT, 0));
        Demonstration own = DATA.demonstration(RIGHT, 3);
        set.add(own);
        set.focus(TaskSet.of(LEFT));
        set.draw();
        set.focus(own);
        set.draw();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        random.save(new DataOutputStream(bytes));
        set.save(new DataOutputStream(bytes), 2);

        Streams again = Streams.root(3);
        ImitationSet resumed = new ImitationSet(SPEC, 2, again);
        resumed.add(DATA.demonstration(LEFT, 0));
        resumed.add(DATA.demonstration(RIGHT, 3));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        again.load(in);
        resumed.load(in, 2);

        for (int draw = 0; draw < 5; draw++) {
            assertThat(states(resumed.draw())).isEqualTo(states(set.draw()));
            assertThat(resumed.takePasses()).isEqualTo(set.takePasses());
        }
    }

    @Test
    void nothingToLearnFromIsSaidWithWhatToDo() {
        ImitationSet set = both();
        set.focus(TaskSet.of(new Task("line", "up", Map.of())));

        assertThatThrownBy(set::draw)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no demonstration of up")
                .hasMessageContaining("budget of demonstrations");
    }

    @Test
    void theHeldBackLossIsTheMeanSquaredDifference() {
        Policy twice = new Policy() {
            @Override
            public PolicyState newState(int slots) {
                return PolicyState.none(slots);
            }

            @Override
            public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
                for (int slot = 0; slot < seen.slots(); slot++) {
                    actions.continuous().put(slot, seen.observation(0).getFloat(4 * slot) / 10 + 0.5f);
                }
            }
        };

        assertThat(new HeldBackLoss(expert(0), SPEC, 2).of(twice, RIGHT).orElseThrow())
                .isEqualTo(0.25, within(1e-6));
        assertThat(new HeldBackLoss(
                                new RecordedExpert(
                                        Optional.empty(),
                                        new BudgetMeter(Map.of(Resource.UPDATES, 1L), 1),
                                        Streams.root(1)),
                                SPEC,
                                2)
                        .of(twice, RIGHT))
                .isEmpty();
    }
}
