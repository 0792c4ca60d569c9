package org.adapt4j.method.sac;

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
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.policy.ActionScale;
import org.adapt4j.toolkit.policy.ContextInput;

/**
 * Soft actor-critic (Haarnoja et al. 2018) for continuous actions, by default with the numbers of
 * Stable-Baselines3, optionally conditioned on a context (PEARL). Departures are listed in the README of this module.
 */
public final class Sac implements AlgorithmFactory<Batch.Transitions> {

    private final SacSettings settings;

    @Inject
    Sac(SacSettings settings) {
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
        if (!(request.spec().action() instanceof Box box) || box.element() != Element.FLOAT32) {
            return Optional.of("sac chooses continuous actions; use rainbow or ppo for discrete ones");
        }
        if (!ActionScale.isBounded(box)) {
            return Optional.of("sac squashes actions into an interval, and this action space has none; use ppo");
        }
        if (request.conditioning() instanceof Conditioning.Memory) {
            return Optional.of(
                    "a memory over trials is trained on whole trials, and sac learns from single transitions;"
                            + " use ppo");
        }
        return ContextInput.objection(request.conditioning(), request.spec());
    }

    @Override
    public Map<String, List<Long>> tensors(AlgorithmRequest request) {
        SacNetworks networks = new SacNetworks(settings.network(), request.spec(), request.conditioning());
        return Layout.shapes(networks.policyLayout(), networks.criticLayout(), networks.temperatureLayout());
    }

    @Override
    public BaseAlgorithm<Batch.Transitions> create(AlgorithmRequest request) {
        objection(request).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new SacAlgorithm(
                settings, request, new SacNetworks(settings.network(), request.spec(), request.conditioning()));
    }
}
