package org.adapt4j.method.maml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.Resource;
import org.adapt4j.testkit.Fixture;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.fake.WrittenDraws;
import org.adapt4j.testkit.toy.SineNet;
import org.junit.jupiter.api.Test;

/** Outer steps against a reference ({@code src/test/python/maml_reference.py}); both in 64 bits, so equal to some 10⁻¹² after a few steps. */
final class MamlReferenceTest {

    private static final int WEIGHTS = 2 * 64 + 64 * 64 + 2 * 64 + 1;

    @Test
    void outerStepsEqualTheReference() {
        Fixture known = Fixture.of(MamlReferenceTest.class, "maml-reference.json");
        Map<String, List<Fixture>> episodes = new TreeMap<>();
        Fixture written = known.at("episodes");
        written.keys().forEach(task -> episodes.put(task, written.all(task)));
        FakeAgent agent = FakeAgent.descending(
                (weights, task, shown, random) -> {
                    int number = (int) shown.orElseThrow().episodeReturn();
                    Fixture episode =
                            episodes.getOrDefault(task.name(), List.of()).get(number);
                    return SineNet.gradient(weights, episode.doubles("x"), episode.doubles("y"));
                },
                99,
                start());
        int tasks = known.integer("tasks");
        int steps = known.integer("inner-steps");
        WrittenDraws draws = WrittenDraws.of(known.doubles("draws"));
        FakeSession session = FakeSession.over(agent)
                .withTasks(FakeSession.tasks("a", "b", "c"))
                .with(Resource.DEMONSTRATIONS, 9)
                .withExpert(MamlTest.expert())
                .withRandom(draws)
                .forUpdates((long) known.integer("outer-steps") * tasks * (steps + 1));

        new Maml(new Maml.Settings(known.number("inner-rate"), steps, known.number("outer-rate"), tasks))
                .learn(session);

        double[] learned = agent.parameters().of("policy");
        double[] picked = known.doubles("picked");
        for (int k = 0; k < picked.length; k++) {
            assertThat(learned[7919 * k % WEIGHTS]).as("number %s picked", k).isCloseTo(picked[k], within(1e-10));
        }
        assertThat(draws.isUsedUp()).isTrue();
    }

    /** sin(1.3 i + 0.5), of the second layer and later an eighth of it. */
    private static double[] start() {
        double[] weights = new double[WEIGHTS];
        for (int i = 0; i < WEIGHTS; i++) {
            weights[i] = (i < 2 * 64 ? 1 : 0.125) * Math.sin(1.3 * i + 0.5);
        }
        return weights;
    }
}
