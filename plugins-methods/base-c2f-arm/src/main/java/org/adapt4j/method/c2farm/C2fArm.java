package org.adapt4j.method.c2farm;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.method.c2farm.C2fArmSettings.Attention;
import org.adapt4j.toolkit.network.Layout;

/**
 * C2F-ARM (James, Wada, Laidlow and Davison 2022): poses of an arm's gripper, found coarse to fine in voxels of what a camera sees,
 * learned by Q-learning from few demonstrations; optionally conditioned on a context (PEARL). Departures are listed in the README of this
 * module.
 */
public final class C2fArm implements AlgorithmFactory<Batch.Transitions> {

    private static final int POSE = 8;

    private final C2fArmSettings settings;

    @Inject
    C2fArm(C2fArmSettings settings) {
        this.settings = settings;
    }

    @Override
    public Diet<Batch.Transitions> diet() {
        return new Diet.OffPolicy(settings.stepsPerUpdate(), settings.plan());
    }

    /** Inference of a context; of effect where a method asks for one. */
    @Override
    public Set<Class<?>> abilities() {
        return Set.of(ContextInference.class);
    }

    @Override
    public Optional<String> objection(AlgorithmRequest request) {
        if (!(request.spec().action() instanceof Box box) || box.element() != Element.FLOAT32 || box.width() != POSE) {
            return Optional.of("c2f-arm chooses poses of a gripper, eight numbers (position, quaternion, open or shut);"
                    + " set the benchmark's action to such poses, or use ppo, rainbow or sac");
        }
        Attention attention = settings.attention();
        double lowest = attention.lowest().stream().mapToDouble(x -> x).min().orElse(0);
        double highest = attention.highest().stream().mapToDouble(x -> x).max().orElse(0);
        double reach = attention.boxes().stream().mapToDouble(x -> x).sum();
        if (box.low() > Math.min(-1, lowest - reach) || box.high() < Math.max(1, highest + reach)) {
            return Optional.of("c2f-arm reaches from " + Math.min(-1, lowest - reach) + " to "
                    + Math.max(1, highest + reach) + ", but actions lie in [" + box.low() + ", " + box.high()
                    + "]: set attention.lowest and attention.highest to the benchmark's workspace");
        }
        if (request.conditioning() instanceof Conditioning.Memory) {
            return Optional.of(
                    "a memory over trials is trained on whole trials, and c2f-arm learns from single transitions;"
                            + " use ppo");
        }
        try {
            Camera camera = new SceneReader(request.spec(), settings.scene()).camera();
            if (!seesSomeOf(camera, attention)) {
                return Optional.of("the workspace from " + attention.lowest() + " to " + attention.highest()
                        + " holds no point that camera '" + settings.scene().camera()
                        + "' sees: set the algorithm's attention or scene");
            }
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return request.conditioning() instanceof Conditioning.Context context
                ? context.encoder().objection(request.spec())
                : Optional.empty();
    }

    private static boolean seesSomeOf(Camera camera, Attention attention) {
        Grid workspace = new Grid(attention.voxels())
                .between(C2fArmSettings.numbers(attention.lowest()), C2fArmSettings.numbers(attention.highest()));
        int cells = attention.voxels() * attention.voxels() * attention.voxels();
        double[] point = new double[3];
        for (int cell = 0; cell < cells; cell++) {
            for (int axis = 0; axis < 3; axis++) {
                point[axis] = workspace.centre(axis, workspace.along(axis, cell));
            }
            if (camera.sees(point)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Map<String, List<Long>> tensors(AlgorithmRequest request) {
        int lowDim = new SceneReader(request.spec(), settings.scene()).lowDim();
        Layout all = new Layout();
        int width = 0;
        if (request.conditioning() instanceof Conditioning.Context context) {
            context.encoder().join(all, request.spec());
            width = context.encoder().width();
        }
        for (int depth = 0; depth < settings.attention().depths(); depth++) {
            Depth.network(all, settings, depth, lowDim, width);
        }
        return Layout.shapes(all);
    }

    @Override
    public BaseAlgorithm<Batch.Transitions> create(AlgorithmRequest request) {
        objection(request).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new C2fArmAlgorithm(settings, request);
    }
}
