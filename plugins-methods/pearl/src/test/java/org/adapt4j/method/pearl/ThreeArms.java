package org.adapt4j.method.pearl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;

/**
 * The smallest learner that can hold PEARL's encoder: two tasks of three arms, of which arm {@code task} pays 1, the third .3
 * in both, and the other nothing. A critic predicts what each arm pays from the belief's vector
 * alone. An update adds a random pull to the experience of each task and learns from a few
 * contexts of both.
 */
final class ThreeArms implements AutoCloseable {

    static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("nothing", Box.vector(1, 0, 1))), new Discrete(3), 1);

    private static final int CONTEXT = 4;
    private static final int WINDOW = 100;
    private static final int DRAWS = 16;
    private static final int SHARE = 4;

    private final SplittableRandom random;
    private final NDManager life = NDManager.newBaseManager();
    private final Conditioning.Network encoder;
    private final Layer critic;
    private final WeightVector weights;
    private final Adam adam;
    private final double rate;
    private final List<List<Pull>> experience = List.of(new ArrayList<>(), new ArrayList<>());

    private record Pull(int arm, float reward) {}

    ThreeArms(double klWeight, Pearl.KlOver over, double rate, long seed) {
        random = new SplittableRandom(seed);
        this.rate = rate;
        Layout layout = new Layout();
        encoder = new ContextEncoder(2, List.of(32), Pearl.ActionInput.ONE_HOT, new Divergence(klWeight, over))
                .join(layout, SPEC);
        critic = Layers.hidden(layout, "critic", 2, List.of(32), Layers.relu(), Initialisation.uniform())
                .then(Layers.linear(layout, "critic/output", 32, 3, Initialisation.uniform()));
        weights = new WeightVector(life, layout, random);
        adam = new Adam(weights, 0.9, 0.999, 1e-8);
    }

    private static float pays(int task, int arm) {
        return arm == 2 ? 0.3f : arm == task ? 1 : 0;
    }

    void train(int updates) {
        for (int update = 0; update < updates; update++) {
            for (int task = 0; task < 2; task++) {
                int arm = random.nextInt(3);
                experience.get(task).add(new Pull(arm, pays(task, arm)));
            }
            learn();
        }
    }

    private void learn() {
        List<Pull> contexts = new ArrayList<>();
        float[] rewards = new float[DRAWS * SHARE];
        float[] asked = new float[DRAWS * SHARE * 3];
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Pull> own = experience.get(draw % 2);
            contexts.addAll(draw(own));
            for (int i = draw * SHARE; i < (draw + 1) * SHARE; i++) {
                Pull pull = own.get(random.nextInt(own.size()));
                rewards[i] = pull.reward();
                asked[i * 3 + pull.arm()] = 1;
            }
        }
        try (GradientScope scope = new GradientScope(life)) {
            scope.add((inputs, tracked) -> {
                Weights views = tracked.of(weights);
                Conditioning.Encoding encoding = encoder.encode(inputs, views, context(contexts, DRAWS), random);
                NDArray vectors = encoding.vector()
                        .reshape(DRAWS, 1, 2)
                        .broadcast(new Shape(DRAWS, SHARE, 2))
                        .reshape(DRAWS * SHARE, 2);
                NDArray mask = HostArrays.tensor(inputs, asked, DRAWS * SHARE, 3);
                NDArray predicted = critic.apply(views, vectors).mul(mask).sum(new int[] {1});
                return predicted
                        .sub(HostArrays.tensor(inputs, rewards, DRAWS * SHARE))
                        .square()
                        .mean()
                        .add(encoding.regulariser());
            });
            adam.step(scope.gradient(weights), rate, Double.POSITIVE_INFINITY);
        }
    }

    /** Mean over the tasks and some players of what each of ten pulls pays to a player who starts with nothing. */
    double[] play(int players) {
        double[] paid = new double[10];
        for (int player = 0; player < players; player++) {
            List<Pull> own = new ArrayList<>();
            for (int pull = 0; pull < paid.length; pull++) {
                int arm = best(encoder.infer(life, weights.constants(), context(draw(own))));
                float reward = pays(player % 2, arm);
                own.add(new Pull(arm, reward));
                paid[pull] += reward / players;
            }
        }
        return paid;
    }

    /** The belief after a context of the first task's experience. */
    Belief belief() {
        return encoder.infer(life, weights.constants(), context(draw(experience.get(0))));
    }

    private List<Pull> draw(List<Pull> own) {
        List<Pull> drawn = new ArrayList<>();
        int window = Math.min(own.size(), WINDOW);
        for (int i = 0; i < CONTEXT && window > 0; i++) {
            drawn.add(own.get(own.size() - 1 - random.nextInt(window)));
        }
        return drawn;
    }

    private int best(Belief belief) {
        try (NDManager step = life.newSubManager()) {
            float[] values = critic.apply(weights.constants(), HostArrays.tensor(step, belief.draw(random), 1, 2))
                    .toFloatArray();
            return values[0] > values[1] && values[0] > values[2] ? 0 : values[1] > values[2] ? 1 : 2;
        }
    }

    private static Context context(List<Pull> pulls) {
        return context(pulls, 1);
    }

    private static Context context(List<Pull> pulls, int tasks) {
        int[] arms = new int[pulls.size()];
        float[] rewards = new float[pulls.size()];
        for (int i = 0; i < arms.length; i++) {
            arms[i] = pulls.get(i).arm();
            rewards[i] = pulls.get(i).reward();
        }
        return new Context(arms.length, tasks)
                .with("nothing", new float[arms.length])
                .with("action", arms)
                .with("reward", rewards);
    }

    @Override
    public void close() {
        life.close();
    }
}
