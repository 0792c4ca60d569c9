package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Checkpoint;
import org.junit.jupiter.api.Test;

final class MisfitTest {

    private static final Map<String, List<Long>> LEARNED = Map.of(
            "policy/mean/weight", List.of(2L, 64L), "policy/mean/bias", List.of(2L), "critic/output", List.of(64L));

    /** @param groups what it takes over; empty for all */
    private record Taking(Set<String> groups) implements Adapter {

        @Override
        public Set<String> takesOver(Set<String> known) {
            return groups.isEmpty() ? known : groups;
        }

        @Override
        public void adapt(Checkpoint learned, AdaptationSession session) {
            throw new IllegalStateException("only planned");
        }
    }

    private static final Adapter ALL = new Taking(Set.of());
    private static final Adapter POLICY = new Taking(Set.of("policy"));

    @Test
    void sameNetworksFit() {
        assertThat(Misfit.between(LEARNED, LEARNED, ALL)).isEmpty();
    }

    @Test
    void anotherShapeIsNamedWithBothSizes() {
        Map<String, List<Long>> own = Map.of("policy/mean/weight", List.of(2L, 32L), "policy/mean/bias", List.of(2L));

        assertThat(Misfit.between(LEARNED, own, ALL))
                .hasValue(
                        "the adapter takes over policy/mean/weight, which is 2 × 64 in pre-training and 2 × 32 here; give"
                                + " both phases the same network, or let the adapter take over fewer groups");
    }

    @Test
    void whatIsNotTakenOverNeedNotFit() {
        Map<String, List<Long>> own = Map.of(
                "policy/mean/weight", List.of(2L, 64L), "critic/output", List.of(7L), "memory/lstm", List.of(9L));

        assertThat(Misfit.between(LEARNED, own, POLICY)).isEmpty();
        assertThat(Misfit.between(LEARNED, own, ALL))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("critic/output, which is 64 in pre-training and 7 here"));
    }

    @Test
    void whatWasNotLearnedCannotBeTakenOver() {
        Map<String, List<Long>> own = Map.of("memory/lstm", List.of(9L));

        assertThat(Misfit.between(LEARNED, own, ALL))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("takes over memory/lstm, and pre-training has no such parameters"));
    }

    @Test
    void aGroupThatTheAlgorithmHasNotIsNamedBesideThoseItHas() {
        assertThat(Misfit.between(LEARNED, LEARNED, new Taking(Set.of("polcy"))))
                .hasValue("the adapter takes over the parameters 'polcy', and the algorithm has only critic, policy");
    }

    @Test
    void whatIsNotKnownBeforehandIsNotCompared() {
        assertThat(Misfit.between(Map.of(), LEARNED, ALL)).isEmpty();
        assertThat(Misfit.between(LEARNED, Map.of(), ALL)).isEmpty();
    }

    @Test
    void aNameInSettingsThatMeansNothingIsToldBesideWhatThereIs() {
        Set<String> tensors = LEARNED.keySet();

        assertThat(Misfit.unknown(Set.of("policy", "policy/mean", "critic"), tensors, "ppo"))
                .isEmpty();
        assertThat(Misfit.unknown(Set.of("policy", "haeds"), tensors, "ppo"))
                .hasValue("the method names the parameters 'haeds', and ppo has only critic, policy");
        assertThat(Misfit.unknown(Set.of("anything"), Set.of(), "plain")).isEmpty();
    }
}
